"""Directives that act while the configuration is being read (EXEC_ON_READ in httpd's tables).

Sources: server/core.c (`include_config`, `set_define`, `unset_define`, `set_server_root`),
modules/core/mod_so.c (`load_module`), modules/core/mod_macro.c.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..diagnostic import Related, without_lines
from ..files import Kind, below
from ..knowledge.modules import MPM_IDS
from ..knowledge.versions import HttpdVersion
from ..syntax import Section as SyntaxSection
from ..syntax.lines import Piece, split_words
from ..text import Source, Span
from .includes import IncludeError, has_wildcard, resolve
from .macros import Macro, bind
from .model import Directive, Frame, Section
from .problem import second_removed
from .variables import source_of

if TYPE_CHECKING:
    from .reader import Reader
    from .state import State

MAX_INCLUDE_DEPTH = 128
"""AP_MAX_INCLUDE_DEPTH: files nested in files."""
CODE_SECTIONS = frozenset(
    f"lua{name}"
    for name in (
        "hookaccesschecker hookauthchecker hookcheckuserid hookfixups hookmaptostorage hookpretranslatename "
        "hooktranslatename hooktypechecker quickhandler"
    ).split()
) | {"perl"}
"""Sections whose body is code that the module reads for itself while the file is read."""


_BACKUP = re.compile(
    r"(?:~|\.(?:bak|backup|old|orig|save|swp|swo|tmp|rej|disabled|rpmsave|rpmnew|rpmorig|"
    r"dpkg-(?:old|new|dist|tmp|bak)|ucf-(?:old|new|dist))|/\.#[^/]*|/#[^/]*#)$",
    re.IGNORECASE,
)
"""Names of copies that nobody means to be read."""


class BudgetExceeded(Exception):
    """A configuration that gives more text than anybody can mean; `link` is the line that led there."""

    def __init__(self, message: str, link: Directive) -> None:
        super().__init__(message)
        self.message = message
        self.link = link


Handler = Callable[["Reader", Directive, int], bool]
"""Acts on a directive; returns whether it stays in the configuration."""


def special(state: State) -> dict[str, Handler]:
    """The directives that act on reading, for a role and version."""
    if state.role == "htaccess":
        return {"use": _use, "undefmacro": _undef_macro} if has_macros(state) else {}
    found: dict[str, Handler] = {"include": _include, "loadmodule": _load_module, "serverroot": _server_root}
    if state.target.httpd >= HttpdVersion(2, 3, 0):
        found |= {"includeoptional": _include, "define": _define, "undefine": _undefine}
    if has_macros(state):
        found |= {"use": _use, "undefmacro": _undef_macro}
    return found


def has_macros(state: State) -> bool:
    """Whether mod_macro is part of the target's httpd (2.4.5 on)."""
    return state.target.httpd >= HttpdVersion(2, 4, 5)


def related(source: Source, span: Span, label: str) -> tuple[Related, ...]:
    """One related place."""
    return (Related(source, span, label),)


def variable_lookup(reader: Reader, frame: Frame, pieces: tuple[Piece, ...]) -> Callable[[str, int], str | None]:
    """How `${name}` is looked up, with a problem for each name that nobody defines.

    What a fragment or .htaccess refers to may be defined by the server around it.
    """
    complains = reader.state.role == "main" and reader.state.target.httpd >= HttpdVersion(2, 3, 0)

    def lookup(name: str, offset: int) -> str | None:
        if ":" in name:
            return None
        value = reader.state.variables.value(name)
        if value is None and complains and reader.is_likely:
            start = source_of(pieces, offset)
            end = source_of(pieces, offset + len(name) + 2) + 1
            message = f"Config variable ${{{name}}} is not defined"
            reader.problem("undefined-variable", frame, Span(start, max(start, end)), message)
        host = None if value is None else reader.state.variables.host_of(name)
        if host is not None and not reader.is_inside(host):
            start = source_of(pieces, offset)
            end = source_of(pieces, offset + len(name) + 2) + 1
            message = (
                f"{name} has its value from another host, <VirtualHost {host.argument.strip()}> in line {host.line}"
            )
            where = related(host.source, host.span, "defined in here, and for everything that follows")
            reader.problem("define-leaks", frame, Span(start, max(start, end)), message, related=where)
        return value

    return lookup


# Include


def _include(reader: Reader, directive: Directive, _base: int) -> bool:
    optional = directive.key == "includeoptional"
    arguments = directive.arguments
    if len(arguments) != 1 or not arguments[0].value:
        return True
    argument = arguments[0]
    state = reader.state
    if state.target.httpd.minor < 3 and has_wildcard(posixpath.dirname(argument.value)):
        message = "Wildcard patterns not allowed in Include: this server takes them in the last part of a path only"
        reader.problem("missing-include", directive.frame, argument.span, message)
        return False
    try:
        paths = resolve(state.files, state.server_root, argument.value)
    except IncludeError as error:
        silent = optional or (state.target.httpd.minor < 3 and has_wildcard(argument.value))
        if error.reason == "outside":
            reader.problem("include-out-of-reach", directive.frame, argument.span, error.message)
        elif not silent or error.reason == "depth":
            kind = "include-recursion" if error.reason == "depth" else "missing-include"
            reader.problem(kind, directive.frame, argument.span, error.message, environment=True)
        return False
    for path in paths:
        if _BACKUP.search(path) and posixpath.basename(argument.value) != posixpath.basename(path):
            message = f"{path} is read as well: it looks like a copy that an editor or a package manager left"
            reader.problem("include-backup-file", directive.frame, argument.span, message)
        _include_file(reader, directive, path)
    return False


def _include_file(reader: Reader, directive: Directive, path: str) -> None:
    if path in reader.endless:
        return
    if directive.frame.depth >= MAX_INCLUDE_DEPTH:
        chain = [directive.frame.source.path, *(link.frame.source.path for link in directive.frame.chain)]
        reader.endless.update(chain)  # The server stops here; nothing of these is read again.
        again = f": {path} includes itself" if path in chain else ""
        message = f"Exceeded maximum include depth of {MAX_INCLUDE_DEPTH}{again}"
        reader.problem("include-recursion", directive.frame, directive.span, message)
        return
    known = len(reader.read_errors)
    tree = reader.tree(path)
    if tree is None:
        if len(reader.read_errors) > known:
            message = f"{path} can't be read: {reader.read_errors.pop()[1]}"
            reader.problem("unreadable-include", directive.frame, directive.span, message, environment=True)
        return
    reader.read_file(Frame(tree, directive))


# Variables


def _define(reader: Reader, directive: Directive, _base: int) -> bool:
    values = directive.values
    if not 1 <= len(values) <= 2:
        return True
    if ":" in values[0]:
        message = "Variable name must not contain ':'"
        reader.problem("bad-value", directive.frame, directive.arguments[0].span, message)
        return False
    host = next((one for one in directive.enclosing if one.key == "virtualhost"), None)
    reader.state.variables.define(values[0], values[1] if len(values) == 2 else None, host)
    return True


def _undefine(reader: Reader, directive: Directive, _base: int) -> bool:
    values = directive.values
    if len(values) == 1:
        reader.state.variables.undefine(values[0])
    return True


# Modules and ServerRoot


def _load_module(reader: Reader, directive: Directive, _base: int) -> bool:
    values = directive.values
    if len(values) != 2:
        return True
    identifier = values[0]
    state = reader.state
    state.saw_load_module = True
    place = directive.arguments[0]
    if identifier in state.target.static_modules and state.knows_modules():
        message = f"module {identifier} is built-in and can't be loaded"
        gone = (without_lines(directive.source, directive.span),) if directive.pieces is None else ()
        reader.problem("builtin-module", directive.frame, place.span, message, edits=gone)
    elif identifier in reader.loaded_by:
        first = reader.loaded_by[identifier]
        message = f"module {identifier} is already loaded, skipping"
        shown = related(first.source, first.span, "first loaded here")
        edits = second_removed(first, directive)
        reader.problem("duplicate-load-module", directive.frame, place.span, message, related=shown, edits=edits)
    elif identifier in MPM_IDS and any(loaded in MPM_IDS for loaded in reader.loaded_by):
        reader.problem("several-mpms", directive.frame, place.span, "More than one MPM loaded.")
    reader.loaded_by.setdefault(identifier, directive)
    state.loaded.add(identifier)
    return True


def _server_root(reader: Reader, directive: Directive, _base: int) -> bool:
    values = directive.values
    if len(values) != 1 or not values[0]:
        return True
    state = reader.state
    path = below(state.server_root, values[0])
    if reader.fixed_root:
        return True
    if state.files.kind(path) in (Kind.MISSING, Kind.FILE):
        place = directive.arguments[0]
        message = "ServerRoot must be a valid directory"
        reader.problem("missing-server-root", directive.frame, place.span, message, environment=True)
    state.server_root = path
    return True


# Macros


def define_macro(reader: Reader, header: Section, item: SyntaxSection) -> None:
    """`<Macro name $parameter …>`: keep the body for Use."""
    words = split_words(header.argument)
    if not words:
        reader.problem("bad-macro", header.frame, header.span, "macro definition: name not specified")
        return
    if item.close is None:
        message = f"macro '{words[0].value}': expected </Macro> before end of configuration"
        reader.problem("unclosed-section", header.frame, header.span, message)
    parameters = tuple(word.value for word in words[1:])
    for at, word in enumerate(words[1:]):
        if word.value in parameters[:at]:
            message = f"macro '{words[0].value}' (defined on line {header.line}): duplicate parameter {word.value}"
            reader.problem("bad-macro", header.frame, header.place(word.start, word.end), message)
            return
    macro = Macro(words[0].value, parameters, header, header.frame, item)
    reader.state.macros[macro.name.lower()] = macro


def _use(reader: Reader, directive: Directive, base: int) -> bool:
    arguments = directive.arguments
    if not arguments:
        reader.problem("bad-macro", directive.frame, directive.span, "no macro name specified with Use")
        return False
    name, values = arguments[0], [argument.value for argument in arguments[1:]]
    macro = reader.state.macros.get(name.value.lower())
    if macro is None:
        reader.problem("undefined-macro", directive.frame, name.span, f"macro '{name.value}' undefined")
        return False
    if len(values) != len(macro.parameters):
        takes = "1 argument" if len(macro.parameters) == 1 else f"{len(macro.parameters)} arguments"
        message = f"macro '{macro.name}' takes {takes}, and is given {len(values)}"
        shown = related(macro.header.source, macro.header.span, "defined here")
        reader.problem("bad-macro", directive.frame, directive.span, message, related=shown)
        return False
    if _uses(directive.frame, macro):
        message = f"recursive use of macro '{macro.name}' is invalid"
        reader.problem("bad-macro", directive.frame, name.span, message)
        return False
    text = Frame(macro.frame.tree, directive, macro)
    reader.read_items(text, macro.body.items, bind(macro, values) or reader.no_bindings, base)
    return False


def _uses(frame: Frame, macro: Macro) -> bool:
    """Whether a frame is a macro's text, or is brought in by it."""
    while frame.macro is not macro:
        if frame.via is None:
            return False
        frame = frame.via.frame
    return True


def _undef_macro(reader: Reader, directive: Directive, _base: int) -> bool:
    arguments = directive.arguments
    if len(arguments) == 1 and reader.state.macros.pop(arguments[0].value.lower(), None) is None:
        place = arguments[0]
        reader.problem("undefined-macro", directive.frame, place.span, f"cannot remove undefined macro '{place.value}'")
    return False
