"""Values of mod_headers, mod_env and mod_setenvif directives (`modules/metadata`)."""

from __future__ import annotations

import re

from .values_base import Checker, Problems, Use, condition, interpolated, listed, regex

_ACTIONS = "add set setifempty append merge unset echo note edit edit*".split()
_FORMAT = re.compile(r"%(?:%|([tDlib])|\{([^}]*)\}([a-zA-Z])|(.)|\Z)", re.DOTALL)


def header(use: Use) -> Problems:
    """`mod_headers.c:header_inout_cmd`: `[condition] action name [value [substitution]] [when]`."""
    index = int(use.name == "header" and use.word(0).lower() in ("always", "onsuccess"))
    action = use.word(index).lower()
    if action not in _ACTIONS:
        message = f"the first word must be an action: {listed(_ACTIONS)}"
        yield use.at(index, message) if len(use.words) > index else use.whole(message)
        return
    if use.name == "requestheader" and action in ("echo", "note"):
        yield use.at(index, f"RequestHeader has no action {action!r}")
        return
    values = {"unset": 0, "echo": 0, "edit": 2, "edit*": 2}.get(action, 1)
    name_at, when_at = index + 1, index + 2 + values
    if len(use.words) <= name_at and not values:
        return
    if len(use.words) < when_at:
        wanted = "a header, a pattern and a substitution" if values == 2 else "a header and a value"
        yield use.whole(f"{action} needs {wanted}")
        return
    if len(use.words) > when_at + 1:
        yield use.at(when_at + 1, "too many arguments: a value with blanks needs quotes")
        return
    if action == "echo":
        yield from regex(use, name_at)
    elif values == 2:
        yield from regex(use, name_at + 1)
    if values:
        yield from _value(use, when_at - 1)
    if len(use.words) > when_at:
        yield from _when(use, when_at, values)


def _when(use: Use, index: int, values: int) -> Problems:
    """The last word: early, `env=` or `expr=`."""
    word = use.words[index]
    key, equals, rest = word.partition("=")
    if word.lower() == "early":
        return
    if equals and key.lower() == "env":
        if not rest:
            yield use.at(index, "the name of an environment variable is missing")
    elif equals and key.lower() == "expr":
        if use.since("2.4.10"):
            yield from condition(use, rest, index, len(key) + 1)
    elif word:
        quotes = ": a value with blanks needs quotes" if values else ""
        yield use.at(index, f"unknown parameter{quotes}, or write early, env=… or expr=…")


def _value(use: Use, index: int) -> Problems:
    """A value with `%` directives (`parse_format_string`), or `expr=…`."""
    word = use.words[index]
    if word[:5].lower() == "expr=":
        if use.since("2.4.10"):
            yield from interpolated(use, index, 5)
        return
    for found in _FORMAT.finditer(word):
        plain, _, letter, other = found.groups()
        if plain or found.group() in ("%%", "%") or (letter and letter in "es"):
            continue
        yield use.within(index, found.start(), found.end(), f"unrecognized header format {(letter or other)!r}")
        return


def set_env_if(use: Use) -> Problems:
    """`mod_setenvif.c:add_setenvif_core`: attribute, regular expression, variables.

    A pattern without special characters is never compiled.
    """
    browser = use.name.startswith("browsermatch")
    pattern_at = 0 if browser else 1
    if not browser:
        if not use.word(0):
            yield use.whole("the name of a header or attribute is missing")
            return
        if re.search(r"[^\w-]", use.words[0]) and not re.match(r"(?i)oid\(", use.words[0]):
            yield from regex(use, 0)
    if not use.word(pattern_at):
        yield use.whole("a regular expression is missing, or it is empty")
    elif not use.word(pattern_at + 1):
        yield use.whole("a variable is missing after the regular expression")
    elif re.search(r"[$.^|?*+()\[\]{}]", use.words[pattern_at]):
        yield from regex(use, pattern_at)


def set_env_if_expr(use: Use) -> Problems:
    """`mod_setenvif.c:add_setenvifexpr`: a condition in one word, then variables."""
    if not use.word(0):
        yield use.whole("an expression is missing")
        return
    found = list(condition(use, use.words[0], 0))
    yield from found
    if not found and len(use.words) < 2:
        yield use.whole("a variable is missing after the expression")


CHECKERS: dict[str, Checker] = {
    "header": header,
    "requestheader": header,
    **dict.fromkeys(["setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase"], set_env_if),
    "setenvifexpr": set_env_if_expr,
}
