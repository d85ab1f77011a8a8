"""Texts in XML: harmless, and in ASCII, so that no encoding can break them."""

from __future__ import annotations

from .view import View

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def element(name: str, attributes: dict[str, str], view: View, *, empty: bool = True) -> str:
    """A tag; an empty one closes itself."""
    given = "".join(f' {key}="{escape(value, view)}"' for key, value in attributes.items())
    return f"<{name}{given}{'/' if empty else ''}>"


def escape(text: str, view: View) -> str:
    """A text for an attribute or between tags. What XML can't hold is shown as everywhere else."""
    shown = "".join(f"&#{ord(one)};" if one in "\t\n\r" else view.clean(one) for one in text.replace("&", "&amp;"))
    for character, name in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(character, name)
    return shown.encode("ascii", "xmlcharrefreplace").decode("ascii")
