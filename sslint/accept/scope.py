"""Where a directive stands, as the server's context checks see it.

Source: `ap_process_config_tree`, `ap_check_cmd_context` and the section handlers of httpd.
"""

from __future__ import annotations

from functools import lru_cache

from ..knowledge.places import Place

_PARTS = {
    "virtualhost": "vhost",
    "directory": "directory",
    "directorymatch": "directory",
    "location": "location",
    "locationmatch": "location",
    "files": "files",
    "filesmatch": "files",
    "if": "if",
    "elseif": "if",
    "else": "if",
    "proxy": "proxy",
    "proxymatch": "proxy",
    "limit": "limit",
    "limitexcept": "limit",
    "requireall": "requireany",
    "requireany": "requireany",
    "requirenone": "requireany",
    "mdomain": "mdomainset",
    "mdomainset": "mdomainset",
    "htaccess": "htaccess",
}
"""Section keys and the part that each plays in a place's name; other sections play none."""

ROOTS: tuple[tuple[str, ...], ...] = (
    (),
    ("virtualhost",),
    ("directory",),
    ("location",),
    ("directory", "requireall"),
    ("proxy",),
    ("htaccess",),
)
"""Where a fragment may stand: the places that are tried for it, most likely first."""


@lru_cache(maxsize=1024)
def inside(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The keys of a section in a nesting: those that matter to `place_of`, outermost first.

    That is the outermost and the innermost three, so that depth costs nothing.
    """
    if key not in _PARTS:
        return keys
    return (*keys, key) if len(keys) < 4 else (keys[0], *keys[2:], key)


@lru_cache(maxsize=1024)
def place_of(keys: tuple[str, ...]) -> Place:
    """The place that a nesting of sections amounts to.

    Deep nestings answer like the innermost two that were tried on a real server; a limit or a
    requirement section decides alone, and .htaccess stays what it is inside `<Files>` and `<If>`.
    """
    parts = [_PARTS[key] for key in keys]
    if not parts:
        return Place.SERVER
    if parts[-1] in ("limit", "requireany", "mdomainset"):
        return Place(parts[-1])
    if parts[0] == "htaccess":
        return Place.HTACCESS
    inner = [part for part in parts if part != "vhost"]
    if not inner:
        return Place.VHOST
    for names in (parts, inner[-2:], inner[-1:]):
        try:
            return Place("+".join(names))
        except ValueError:
            continue
    return Place.DIRECTORY
