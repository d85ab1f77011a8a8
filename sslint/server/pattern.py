"""httpd's regular expressions (PCRE), run by Python's engine."""

from __future__ import annotations

import functools
import re

_POSIX = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": "\\x00-\\x7f", "blank": " \\t", "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~", "punct": "!-/:-@\\[-`{-~", "space": "\\s",
    "upper": "A-Z", "word": "\\w", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_POSIX_CLASS = re.compile(r"\[:(\w+):\]")
_ESCAPES = re.compile(r"\\(?:([hzZ])|.)", re.DOTALL)
_MEANT = {"h": "[ \\t]", "z": "\\Z", "Z": "(?=\\n?\\Z)"}
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")
_LEADING_FLAGS = re.compile(r"\(\?([imsx]+)\)")
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
_REPEATED_WORD = re.compile(r"\((?:\?:)?[\w /-]*\)[*+]")
_GROUPING = re.compile(r"(?<!\\)(?:\((?:\?[:=!<]+)?|\))")
_WILDCARDS = re.compile(r"(?:(?:\.|\\[SDWwsd]|\[[^\]]*\])(?:[*+]|\{\d+,\d*\})[?+]?){3}")
_ATOM = re.compile(r"(?:\\([^wdSs])|([^\\.\[])|\.|\\[wdSs]|\[[^\]]*\])[*+?]?")
_LONGEST = 2000


@functools.lru_cache(maxsize=4096)
def compile_pattern(pattern: str, nocase: bool = False) -> re.Pattern[str] | None:
    """A pattern as httpd matches it: unanchored, ASCII classes.

    None for what Python can't run, or might run for very long; nothing can be said then.
    """
    collapsed = re.sub(r"(?:\.\*){2,}", ".*", pattern)
    if len(pattern) > _LONGEST or _may_explode(collapsed):
        return None
    text = _POSIX_CLASS.sub(lambda match: _POSIX.get(match.group(1), match.group()), collapsed)
    text = _ESCAPES.sub(lambda match: _MEANT[match.group(1)] if match.group(1) else match.group(), text)
    text = _NAMED.sub("(?P<", text)
    flags = re.ASCII | (re.IGNORECASE if nocase else 0)
    for match in _LEADING_FLAGS.finditer(text):
        flags |= functools.reduce(lambda sum_, letter: sum_ | getattr(re, letter.upper()), match.group(1), 0)
    try:
        return re.compile(_LEADING_FLAGS.sub("", text), flags)
    except (re.error, OverflowError, RecursionError):
        return None


def _may_explode(pattern: str) -> bool:
    """Whether a backtracking engine may need very long: repeated groups, or wildcards in a row."""
    if _REPEATED_GROUP.search(_REPEATED_WORD.sub("", pattern)):
        return True
    return _WILDCARDS.search(_GROUPING.sub("", pattern)) is not None


def literal_prefix(pattern: str) -> str:
    """The text that every match of an anchored pattern starts with; empty for an unanchored one."""
    if not pattern.startswith("^"):
        return ""
    found = []
    position = 1
    while position < len(pattern):
        letter = pattern[position]
        if letter == "\\" and position + 1 < len(pattern) and not pattern[position + 1].isalnum():
            letter = pattern[position + 1]
            position += 1
        elif letter in "\\.[](){}*+?|^$":
            break
        if pattern[position + 1 : position + 2] in ("*", "?", "{"):
            break
        found.append(letter)
        position += 1
    return "" if "|" in pattern and "(" not in pattern else "".join(found)


def sample(pattern: str) -> str:
    """A text that a path pattern matches: its first alternative, with wildcards filled in; empty if none is found."""
    text = re.sub(r"^\(\?[imsx]+\)", "", pattern)
    for _ in range(20):
        shorter = re.sub(r"\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)[?*+]?", r"\1", text)
        if shorter == text:
            break
        text = shorter
    text = text.partition("|")[0].strip("^$")
    text = _ATOM.sub(lambda match: match.group(1) or match.group(2) or "x", text)
    compiled = compile_pattern(pattern)
    if compiled is None:
        return ""
    return next((one for one in (text, text.rstrip("?*+"), "/" + text) if compiled.search(one)), "")
