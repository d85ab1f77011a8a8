"""The server's reading of its configuration: `ap_build_config` of httpd's server/config.c.

Lines come from the syntax trees, run by run. Almost every line goes straight into the result;
only those that act while being read (Include, Define, LoadModule, Use …), and those with
continuations, variables or macro parameters, take the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from ..diagnostic import Edit
from ..files import ReadError
from ..syntax import Section as SyntaxSection
from ..syntax import Tree
from ..syntax.lexer import Open, Run, Tag
from ..syntax.lines import BLANKS, ROW, Dialect, Piece, cut_pieces, join, next_word
from ..syntax.tree import Item as SyntaxItem
from ..syntax.tree import Line
from ..text import Source, Span, enumeration
from . import handlers
from .conditions import FIRST_VERSION, Truth, evaluate
from .guarded import guarded_headers
from .handlers import BudgetExceeded
from .macros import Bindings, substitute
from .misspelt import misspelt
from .model import Directive, Frame, Item, Section
from .nesting import Nesting, source_start, tag_span
from .problem import Problem
from .state import State
from .variables import MAX_LENGTH, TooLong
from .variables import substitute as substitute_variables

MAX_MACRO_LINES = 300_000
"""How many lines macros may give, so that macros calling macros end in bounded time."""
MAX_REPEATED = 50_000_000
"""How many characters may be read from files that were read before, for includes that multiply."""

HTACCESS_LINE = 8192
"""The longest logical line of a .htaccess file, in characters (`ap_parse_htaccess`: MAX_STRING_LEN)."""


class _Keys(dict[str, str]):
    r"""Names to keys; names that need the long way (quotes, `$`, `\\`, `>`) have the key ""."""

    def __missing__(self, name: str) -> str:
        plain = name[0] not in "\"'<" and not any(mark in name for mark in ("\\", "$", "%", "@")) and name[-1] != ">"
        key = name.lower() if plain else ""
        self[name] = key
        return key


_PLAIN_HEADER = re.compile(
    r"[ \t\r\f\v]*(<[^\s>\"'\\$]+)[ \t]+((?:[^\s\\$]|[ \t]+(?=[^\s\\$]))+)[ \t\r]*\n?\Z", re.ASCII
)
"""A start tag without continuation, variable, quoted name or missing blank."""


_PLAIN_END = re.compile(r"[ \t\r\f\v]*(</[^\s>\"'\\$]+>)[ \t\r]*\n?\Z", re.ASCII)
"""An end tag without anything behind it."""


class Reader:
    """Reads one configuration. `children`, `problems` and `sources` are its result."""

    no_bindings: Bindings = (("\0", ""),)
    """For macros without parameters: their text still takes the long way, as its comments are dropped."""

    def __init__(self, state: State, fixed_root: bool = False) -> None:
        self.state = state
        self.fixed_root = fixed_root
        self.dialect = Dialect.MODERN if state.target.httpd.minor >= 3 else Dialect.CLASSIC
        self.children: list[Item] = []
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self.read_errors: list[tuple[str, str]] = []
        self.includes: dict[str, list[Directive]] = {}
        """Each source's path with the directives that included it; the main file has none."""
        self.endless: set[str] = set()
        """The paths of files that were found to include each other without end."""
        self.loaded_by: dict[str, Directive] = {}
        self._trees: dict[str, Tree] = {}
        self._keys = _Keys()
        self._nesting = Nesting(self.children, self.problem)
        self._macro_lines = 0
        self._repeated = 0
        self._longest = HTACCESS_LINE if state.role == "htaccess" else MAX_LENGTH
        self._special = handlers.special(state)
        self._conditions = {key for key, first in FIRST_VERSION.items() if state.target.httpd >= first}
        self._special_sections = self._conditions | handlers.CODE_SECTIONS
        if handlers.has_macros(state):
            self._special_sections |= {"macro"}

    # Files

    def read_main(self, path: str) -> None:
        """Read the main file and all that it brings in."""
        tree = self.tree(path)
        if tree is not None:
            self.read_file(Frame(tree, None))

    def tree(self, path: str) -> Tree | None:
        """A file's tree, read once; None and a read error when it can't be read."""
        if path not in self._trees:
            try:
                data = self.state.files.read(path)
            except ReadError as error:
                self.read_errors.append((path, str(error)))
                return None
            tree = self.state.trees.tree(path, data, self.dialect)
            self.sources[path] = tree.source
            self._trees[path] = tree
            if len(tree.source.text) > self._longest:
                self._look_for_long_lines(tree)
        return self._trees[path]

    def _look_for_long_lines(self, tree: Tree) -> None:
        for leaf in tree.leaves():
            if leaf.end - leaf.start > self._longest:
                message = f"Line too long: httpd takes {self._longest:,} characters here, continuations included"
                self.problem("line-too-long", Frame(tree, None), Line(tree.source, leaf.start, leaf.end).span, message)

    def read_file(self, frame: Frame) -> None:
        """Read one file, which must be balanced by itself."""
        base = len(self._nesting)
        if frame.via is not None:
            links = self.includes.setdefault(frame.source.path, [])
            links.append(frame.via)
            if len(links) > 1:
                self._repeated += len(frame.source.text)
                if self._repeated > MAX_REPEATED:
                    message = (
                        f"files are included again and again, {MAX_REPEATED:,} characters in all; the rest is not read"
                    )
                    raise BudgetExceeded(message, frame.chain[-1])
        self.read_items(frame, frame.tree.items, (), base)
        self._nesting.end_file(base)

    def read_items(self, frame: Frame, items: list[SyntaxItem], bindings: Bindings, base: int) -> None:
        """Read syntax items in order; `base` is how many sections were open when their file began."""
        stack: list[tuple[Iterator[SyntaxItem], SyntaxSection | None]] = [(iter(items), None)]
        while stack:
            iterator, section = stack[-1]
            for item in iterator:
                if type(item) is Run:
                    self._run(frame, item, bindings, base)
                elif isinstance(item, SyntaxSection):
                    if self._start(frame, item, bindings):
                        stack.append((iter(item.items), item))
                        break
                else:
                    self._end(frame, cast(Tag, item), bindings, base)
            else:
                stack.pop()
                if section is not None and section.close is not None:
                    self._end(frame, section.close, bindings, base)

    # Lines

    def _run(self, frame: Frame, run: Run, bindings: Bindings, base: int) -> None:
        lexed = frame.tree.lexed
        keys, special = self._keys, self._special
        children, parent, condition = self._nesting.inside
        append = children.append
        rare = bool(bindings) or frame.tree.has_rare_lines
        for match in ROW[self.dialect].finditer(lexed, run.start, run.end):
            name, text = match.group(1, 2)
            if name is None:
                continue
            key = keys[name]
            if key in special or not key or (rare and (bindings or "\n" in text or "${" in text)):
                self._long_way(frame, match.start(1), match.end(), bindings, base)
                children, parent, condition = self._nesting.inside
                append = children.append
                continue
            append(Directive(name, key, text.rstrip(BLANKS), match.start(1), frame, parent, condition))

    def logical(self, frame: Frame, start: int, end: int, bindings: Bindings) -> tuple[str, tuple[Piece, ...]]:
        """A line as the server reads it: continuations joined, parameters and variables replaced."""
        text, pieces = join(frame.tree.lexed, start, end)
        try:
            if bindings:
                self._macro_lines += 1
                if self._macro_lines > MAX_MACRO_LINES:
                    message = f"the macros give more than {MAX_MACRO_LINES:,} lines; the rest is not read"
                    raise BudgetExceeded(message, next(link for link in reversed(frame.chain) if link.key == "use"))
                if text.startswith("#"):
                    return "", pieces
                text, pieces = substitute(text, pieces, bindings)
            if "${" in text and not text.startswith("#") and self.state.target.httpd.major >= 2:
                text, pieces = substitute_variables(text, pieces, handlers.variable_lookup(self, frame, pieces))
        except TooLong:
            span = Span(start, min(end, len(frame.source.text)))
            message = "variables make this line longer than 16 MiB; they are not followed any further"
            self.problem("budget-exceeded", frame, span, message)
        cut = len(text) - len(text.lstrip(BLANKS))
        return text.strip(BLANKS), cut_pieces(pieces, cut)

    def _long_way(self, frame: Frame, start: int, end: int, bindings: Bindings, base: int) -> None:
        text, pieces = self.logical(frame, start, end, bindings)
        if not text or text[0] == "#":
            return
        if text.lstrip("\"'").startswith("<"):
            self._tag(frame, start, text, pieces, base)
            return
        word, position = next_word(text, 0)
        if word is None or not word.value:
            return
        name = word.value
        if name.endswith(">") and name[1:2] != "/":
            name = name[:-1]
        directive = self._directive(frame, start, name, text, position, pieces)
        handler = self._special.get(directive.key)
        if handler is None or handler(self, directive, base):
            self._nesting.inside.children.append(directive)

    def _directive(
        self, frame: Frame, start: int, name: str, text: str, position: int, pieces: tuple[Piece, ...]
    ) -> Directive:
        skipped = len(text[position:]) - len(text[position:].lstrip(BLANKS))
        arguments = text[position + skipped :]
        simple = len(pieces) == 1 and pieces[0].source is not None and text.startswith(name)
        rest = None if simple else cut_pieces(pieces, position + skipped)
        return Directive(
            name,
            name.lower(),
            arguments,
            start,
            frame,
            self._nesting.inside.parent,
            self._nesting.inside.condition,
            rest,
        )

    def _tag(self, frame: Frame, start: int, text: str, pieces: tuple[Piece, ...], base: int) -> None:
        """A tag that only shows after replacing or joining; the tree took it for a plain line."""
        if text.startswith("</"):
            self._nesting.end(frame, Span(start, start + 1), text, base)
            return
        header = self._header(frame, start, text, pieces)
        if header.key in self._conditions:
            self._nesting.push(header, None, self._evaluate(header))
        else:
            self._nesting.push(header, header, None)

    # Sections

    def _header(self, frame: Frame, start: int, text: str, pieces: tuple[Piece, ...]) -> Section:
        word, position = next_word(text, 0)
        name = word.value if word else "<"
        rest = text[position:].lstrip(BLANKS)
        simple = len(pieces) == 1 and pieces[0].source is not None and text.startswith(name) and bool(rest)
        mapped = None if simple else cut_pieces(pieces, min(len(text) - len(rest), max(0, len(text) - 1)))
        if name.endswith(">"):
            name = name[:-1]
        _children, parent, condition = self._nesting.inside
        return Section(name, name[1:].lower(), rest or ">", start, frame, parent, condition, mapped)

    def _start(self, frame: Frame, item: SyntaxSection, bindings: Bindings) -> bool:
        """A section's start tag. Returns whether its items are to be read."""
        header = self._plain_header(frame, item.open) if not bindings else None
        if header is None:
            text, pieces = self.logical(frame, item.open.start, item.open.end, bindings)
            if not text:
                return True
            header = self._header(frame, source_start(frame, item.open), text, pieces)
        if header.key not in self._special_sections:
            self._nesting.push(header, header, None)
            return True
        if header.key == "macro":
            handlers.define_macro(self, header, item)
            return False
        if header.key not in self._conditions:
            self._nesting.inside.children.append(header)
            return False
        truth = self._evaluate(header)
        if not truth.value and truth.certain:
            self._nesting.check_soaked(frame, item, header)
            if header.key == "ifmodule":
                self._look_for_headers(item, header)
            return False
        self._nesting.push(header, None, truth)
        return True

    def _plain_header(self, frame: Frame, tag: Open) -> Section | None:
        """The header of an ordinary start tag; None when it must go the long way."""
        match = _PLAIN_HEADER.match(frame.tree.lexed, tag.start, tag.end)
        if match is None:
            return None
        name, text = match.group(1, 2)
        _children, parent, condition = self._nesting.inside
        return Section(name, tag.key, text, match.start(1), frame, parent, condition)

    def _evaluate(self, header: Section) -> Truth:
        if ">" not in header.text:
            self.problem("unclosed-tag", header.frame, header.span, f"{header.name}> directive missing closing '>'")
        truth = evaluate(header.key, header.argument, self.state)
        if truth.complaint:
            self.problem("bad-condition", header.frame, header.span, truth.complaint)
        if header.key == "ifmodule":
            self._look_for_slips(header)
        return truth

    def _look_for_slips(self, header: Section) -> None:
        """A misspelt module, for which httpd takes the condition for false without a word."""
        found = misspelt(header.argument, self.state.target.httpd.branch)
        if found is None or found.name in self.state.loaded:
            return
        what = "leaves out what stands here" if not header.argument.startswith("!") else "reads this in any case"
        span = header.place(found.word.start, found.word.end)
        message = f"no module is called {found.name}: httpd {what}; {found.meant} is meant"
        edits = (Edit(header.source, span, found.meant),) if header.pieces is None else ()
        self.problem("ifmodule-wrong-name", header.frame, span, message, edits=edits)

    def _look_for_headers(self, item: SyntaxSection, header: Section) -> None:
        """Headers that are left out with mod_headers, of which the server says nothing either."""
        found = guarded_headers(item, header)
        if found:
            names = enumeration(list(dict.fromkeys(name for name, _ in found)), 3)
            message = f"mod_headers is not loaded at this place: httpd leaves out {names} without a word"
            self.problem("security-header-left-out", header.frame, header.span, message)

    def _end(self, frame: Frame, tag: Tag, bindings: Bindings, base: int) -> None:
        plain = None if bindings else _PLAIN_END.match(frame.tree.lexed, tag.start, tag.end)
        if plain is not None and self._nesting.end_innermost(tag.key, frame, Span(*plain.span(1)), base):
            return
        text, _ = self.logical(frame, tag.start, tag.end, bindings)
        if text:
            self._nesting.end(frame, tag_span(frame, tag), text, base)

    @property
    def is_likely(self) -> bool:
        """Whether what is read now stands under no condition that a reader takes for false."""
        condition = self._nesting.inside.condition
        return condition is None or condition.likely

    def is_inside(self, section: Section) -> bool:
        """Whether what is read now stands in a section."""
        around = self._nesting.inside.parent
        return around is section or (around is not None and any(one is section for one in around.enclosing))

    def problem(self, kind: str, frame: Frame, span: Span, message: str, **more: object) -> None:
        """Note a problem in a frame's source; further keywords as `Problem` takes them."""
        self.problems.append(Problem(kind, frame.source, span, message, frame=frame, **more))  # type: ignore[arg-type]
