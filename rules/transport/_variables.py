"""Who sets an environment variable."""

from __future__ import annotations

import re

from sslint.api import Directive, Server, closest, kept, walk

_AT = {"setenv": 0, "passenv": 0, "setenvif": 2, "setenvifnocase": 2, "browsermatch": 1, "browsermatchnocase": 1,
       "setenvifexpr": 1}  # fmt: skip
_RULE = re.compile(r"\b(?:E|env)=!?([^:,\]]+)", re.IGNORECASE)


def setters_of(name: str, server: Server) -> list[Directive]:
    """The lines that set a variable."""
    return _setters(server).get(name, [])


@kept
def _setters(server: Server) -> dict[str, list[Directive]]:
    found: dict[str, list[Directive]] = {}
    for directive in walk(server.configuration.children):
        for name in _names(directive):
            found.setdefault(name, []).append(directive)
    return found


def _names(directive: Directive) -> list[str]:
    if directive.key == "rewriterule":
        return _RULE.findall(directive.values[2]) if directive.text.endswith("]") and "=" in directive.text else []
    at = _AT.get(directive.key)
    if at is None:
        return []
    words = directive.values[at:]
    if directive.key == "setenv":
        words = words[:1]
    return [word.partition("=")[0] for word in words if not word.startswith("!")]


def names_near(name: str, server: Server) -> list[str]:
    """Variables that some line sets and whose names are like another."""
    return [one for one in closest(name.lower(), [one.lower() for one in _setters(server)], 3) if one != name]
