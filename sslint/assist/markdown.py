"""Untrusted text in Markdown."""

from __future__ import annotations

import re

from ..reporters.view import View

_VIEW = View()
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def code(text: str) -> str:
    """Text as code in a line."""
    clean = _VIEW.clean(text)
    if "`" not in clean:
        return f"`{clean}`" if clean else ""
    return f"`` {clean} ``" if "``" not in clean else "```` " + clean + " ````"


def block(lines: list[str], language: str = "") -> str:
    """Lines as a block of code."""
    clean = [_VIEW.clean(line).replace("```", "'''") for line in lines]
    return "\n".join([f"```{language}", *clean, "```"])


def plain(text: str) -> str:
    """Text that means nothing to Markdown."""
    return _SPECIAL.sub(r"\\\1", _VIEW.clean(text))
