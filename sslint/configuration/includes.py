"""Which files an Include names, in the order in which the server reads them.

Sources: `ap_process_fnmatch_configs` in httpd's server/config.c, `ap_dir_nofnmatch` and
`ap_dir_fnmatch` in server/util.c, apr_fnmatch.c. The 2.0 and 2.2 servers take wildcards in the
last component only.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from ..files import Files, Kind, ReadError, below

MAX_DEPTH = 128
"""AP_MAX_INCLUDE_DIR_DEPTH, nested folders read for one Include."""


class IncludeError(Exception):
    """Why an Include fails.

    `reason` is "missing" (no such file, no match), "outside" (beyond what may be read) or
    "depth"; `path` is what was looked for.
    """

    def __init__(self, reason: str, path: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.path = path
        self.message = message


def has_wildcard(text: str) -> bool:
    """Whether a path is a pattern (`apr_fnmatch_test`)."""
    return "*" in text or "?" in text or re.search(r"\[[^\]]*\]", text) is not None


def resolve(files: Files, root: str, argument: str) -> list[str]:
    """The absolute paths of the files that an Include's argument names.

    `root` is the ServerRoot in force. Raises IncludeError.
    """
    path = below(root, argument)
    if not has_wildcard(path):
        return _plain(files, path, 0)
    return _pattern(files, "/", [part for part in path.split("/") if part])


def _plain(files: Files, path: str, depth: int) -> list[str]:
    kind = files.kind(path)
    if kind is Kind.FILE:
        return [path]
    if kind is Kind.UNKNOWN:
        raise IncludeError("outside", path, f"{path} lies outside what may be read")
    if kind is Kind.MISSING:
        raise IncludeError("missing", path, f"{path} does not exist")
    if depth >= MAX_DEPTH:
        raise IncludeError("depth", path, f"{path} is nested more than {MAX_DEPTH} folders deep")
    found: list[str] = []
    for name in _names(files, path):
        found.extend(_plain(files, posixpath.join(path, name), depth + 1))
    return found


def _pattern(files: Files, folder: str, parts: list[str]) -> list[str]:
    first, rest = parts[0], parts[1:]
    if not has_wildcard(first):
        path = posixpath.join(folder, first)
        return _pattern(files, path, rest) if rest else _plain(files, path, 0)
    kind = files.kind(folder)
    if kind is Kind.UNKNOWN:
        raise IncludeError("outside", folder, f"{folder} lies outside what may be read")
    if kind is not Kind.DIRECTORY:
        raise IncludeError("missing", folder, f"the folder {folder} does not exist")
    matches = fnmatch_pattern(first)
    names = [name for name in _names(files, folder) if matches.match(name)]
    paths = [posixpath.join(folder, name) for name in names]
    if rest:
        paths = [path for path in paths if files.kind(path) is Kind.DIRECTORY]
    if not paths:
        raise IncludeError("missing", posixpath.join(folder, first), f"nothing in {folder} matches {first}")
    found: list[str] = []
    for path in paths:
        found.extend(_pattern(files, path, rest) if rest else _plain(files, path, 0))
    return found


def _names(files: Files, folder: str) -> list[str]:
    try:
        return files.list(folder)
    except ReadError as error:
        raise IncludeError("missing", folder, f"{folder} can't be read: {error}") from None


@lru_cache(maxsize=256)
def fnmatch_pattern(pattern: str) -> re.Pattern[str]:
    """One path component's pattern as a regular expression, with APR's rules.

    `*`, `?` and `[...]` (`!` or `^` negates, a backslash quotes); a leading dot must be written.
    """
    parts = [] if pattern.startswith(".") else [r"(?!\.)"]
    position = 0
    while position < len(pattern):
        character = pattern[position]
        position += 1
        if character == "*":
            parts.append(".*")
        elif character == "?":
            parts.append(".")
        elif character == "\\" and position < len(pattern):
            parts.append(re.escape(pattern[position]))
            position += 1
        elif character == "[" and "]" in pattern[position + 1 :]:
            end = pattern.index("]", position + 1)
            parts.append(_character_class(pattern[position:end]))
            position = end + 1
        else:
            parts.append(re.escape(character))
    return re.compile("".join(parts) + r"\Z", re.DOTALL)


def _character_class(body: str) -> str:
    negated = body[:1] in ("!", "^")
    inner = re.sub(r"([\\\[\]&~|^])", r"\\\1", body[1:] if negated else body)
    try:
        re.compile(f"[{inner}]")
    except re.error:
        return "(?!)"
    return f"[{'^' if negated else ''}{inner}]"
