"""How a report is shown: width, colour, character set, and paths relative to a folder."""

from __future__ import annotations

from typing import NamedTuple

from ..diagnostic import Severity

_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
    Severity.STYLE: "1;34",
}


class View(NamedTuple):
    """The medium. Paths below `base` are shown relative to it; without Unicode all is ASCII."""

    width: int = 100
    color: bool = False
    unicode: bool = True
    base: str = ""
    links: bool = False

    def path(self, path: str) -> str:
        """A path as it is shown, harmless."""
        return self.clean(self.relative(path))

    def relative(self, path: str) -> str:
        """A path relative to `base` where it lies below it, its bytes as they are."""
        base = self.base.rstrip("/") + "/"
        return path[len(base) :] if self.base and path.startswith(base) else path

    def paint(self, text: str, style: str) -> str:
        """Text in a terminal style, where there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text

    def link(self, text: str, address: str) -> str:
        """Text that leads to an address, where the terminal knows links."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and address else text

    def bold(self, text: str) -> str:
        """Text that stands out."""
        return self.paint(text, "1")

    def gutter(self, text: str) -> str:
        """Line numbers, bars and arrows."""
        return self.paint(text, "1;34")

    def severity(self, text: str, severity: Severity) -> str:
        """Text in a severity's colour."""
        return self.paint(text, _COLOURS[severity])

    def clean(self, text: str) -> str:
        """One line of untrusted text, made harmless for a terminal."""
        return "".join(cell for cell, _ in self.cells(text))

    def cut(self, text: str, width: int) -> str:
        """One line of untrusted text, made harmless and no wider than `width` columns."""
        cells = self.cells(text)
        if sum(columns for _, columns in cells) <= width:
            return "".join(cell for cell, _ in cells)
        shown, used = "", 0
        for cell, columns in cells:
            if used + columns > width - 3:
                break
            shown, used = shown + cell, used + columns
        return shown + "..."

    def cells(self, text: str) -> list[tuple[str, int]]:
        """Each character as it is shown, with its width. Tabs are set to steps of four."""
        if text.isascii() and text.isprintable():
            return [(character, 1) for character in text]
        shown: list[tuple[str, int]] = []
        column = 0
        for character in text:
            cell = " " * (4 - column % 4) if character == "\t" else _harmless(character, self.unicode)
            width = len(cell) if cell.isascii() else _width(cell)
            shown.append((cell, width))
            column += width
        return shown


def _harmless(character: str, unicode: bool) -> str:
    """A character that moves no cursor, changes no direction and hides nothing."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if character.isprintable() and (unicode or code < 0x80):
        return character
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _width(cell: str) -> int:
    """How many columns a terminal gives a printable character."""
    import unicodedata

    if unicodedata.combining(cell) or unicodedata.category(cell) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(cell) in "WF" else 1
