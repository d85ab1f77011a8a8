"""Where output goes: colours, width and encoding of the streams, and harmless text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from ..reporters.view import View

DEFAULT_WIDTH = 100


def view(color: str, stream: TextIO | None = None, width: int | None = None, hyperlinks: str = "never") -> View:
    """How to show things on a stream: what the environment and the options say."""
    stream = stream or sys.stdout
    colored = _colored(color, stream)
    return View(
        width=width or _width(stream),
        color=colored,
        unicode=_unicode(stream),
        base=current_folder(),
        links=_linked(hyperlinks, stream, colored),
    )


def current_folder() -> str:
    """The working directory, with `/`; nothing where somebody removed it."""
    try:
        return os.getcwd().replace(os.sep, "/")
    except FileNotFoundError:
        return ""


def _colored(choice: str, stream: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    environment = os.environ
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def _linked(choice: str, stream: TextIO, colored: bool) -> bool:
    """Whether to write links: on terminals that get colours, where no CI keeps a log of it."""
    if choice != "auto":
        return choice == "always"
    return colored and stream.isatty() and not os.environ.get("CI")


def _width(stream: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return max(40, int(columns))
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns or DEFAULT_WIDTH)  # 0 where nobody set a size
    except (OSError, ValueError):
        return DEFAULT_WIDTH


def _unicode(stream: TextIO) -> bool:
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    return locale not in ("C", "POSIX") and (stream.encoding or "").lower().startswith("utf")


def emit(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Write lines; what the stream's encoding can't express is escaped."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "ascii"
    for line in lines:
        try:
            stream.write(line + "\n")
        except UnicodeEncodeError:
            stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def complain(message: str) -> None:
    """One line on standard error, made harmless."""
    emit([f"sslint: {View().clean(message)}"], sys.stderr)
