"""Where a directive stands, and what the server says to that."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Place(enum.Enum):
    """A place that was tried on a real server; the value is its key in the data."""

    SERVER = "server"
    VHOST = "vhost"
    DIRECTORY = "directory"
    LOCATION = "location"
    FILES = "files"
    IF = "if"
    LIMIT = "limit"
    PROXY = "proxy"
    VHOST_DIRECTORY = "vhost+directory"
    VHOST_LOCATION = "vhost+location"
    DIRECTORY_FILES = "directory+files"
    DIRECTORY_IF = "directory+if"
    LOCATION_IF = "location+if"
    MDOMAINSET = "mdomainset"
    REQUIREANY = "requireany"
    HTACCESS = "htaccess"

    @classmethod
    def of(cls, sections: Iterable[str]) -> Place | None:
        """The place inside nested sections, named outermost first (`VirtualHost`, `Directory`).

        Section names ignore case; `<IfModule>` and its like are no places and are skipped.
        None for an unknown section or a nesting that was never tried.
        """
        keys = [key for name in sections if (key := _SECTIONS.get(name.lower(), "?"))]
        if not keys:
            return cls.SERVER
        if len(keys) > 1 and keys[-1] in _WINS:
            return cls(keys[-1])
        try:
            return cls("+".join(keys))
        except ValueError:
            return None


_WINS = {"limit", "requireany"}

_SECTIONS = {
    "virtualhost": "vhost", "directory": "directory", "directorymatch": "directory",
    "location": "location", "locationmatch": "location", "files": "files", "filesmatch": "files",
    "if": "if", "elseif": "if", "else": "if", "limit": "limit", "limitexcept": "limit",
    "proxy": "proxy", "proxymatch": "proxy", "mdomainset": "mdomainset", "mdomain": "mdomainset",
    "requireany": "requireany", "requireall": "requireany", "requirenone": "requireany",
    "ifmodule": "", "ifdefine": "", "ifversion": "", "iffile": "", "ifdirective": "", "ifsection": "",
}  # fmt: skip
"""Section name to the part of a place's key; empty for conditions, which are no places."""


class Permission(enum.Enum):
    """What the server says to a directive in a place."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not allowed"
    """`X not allowed here`, by the flags in the command table."""
    REFUSED = "refused"
    """`X cannot occur within <S> section`, by the directive's own handler."""


OR_CLASSES = {
    "OR_LIMIT": "Limit",
    "OR_OPTIONS": "Options",
    "OR_FILEINFO": "FileInfo",
    "OR_AUTHCFG": "AuthConfig",
    "OR_INDEXES": "Indexes",
}
"""Flags of the command table and the AllowOverride class that each stands for."""

_TOP = {Place.SERVER, Place.VHOST, Place.MDOMAINSET}
_TOP_FLAGS = {"RSRC_CONF", "OR_ALL", "OR_OPTIONS", "OR_FILEINFO", "OR_INDEXES"}
_DIRECTORY_FLAGS = {"ACCESS_CONF", "OR_ALL", *OR_CLASSES}


def by_flags(place: Place, flags: frozenset[str]) -> Permission:
    """What `config.c:invoke_cmd` says, given a directive's `req_override` flags.

    The masks are those of `ap_process_config_tree`, `dirsection` and `proxysection`.
    """
    if place is Place.HTACCESS:
        fits = bool(flags & {"OR_ALL", *OR_CLASSES})
    elif "EXEC_ON_READ" in flags and "RSRC_CONF" in flags:
        fits = True
    elif place in _TOP:
        fits = bool(flags & _TOP_FLAGS)
    elif place is Place.REQUIREANY:
        return Permission.ALLOWED
    else:
        fits = bool(flags & _DIRECTORY_FLAGS) or (place is Place.PROXY and "PROXY_CONF" in flags)
    return Permission.ALLOWED if fits else Permission.NOT_ALLOWED


_CONTAINED = {"NOT_IN_DIRECTORY": "directory", "NOT_IN_LOCATION": "location", "NOT_IN_FILES": "files"}


def by_handler(place: Place, checks: frozenset[str]) -> Permission:
    """What `core.c:ap_check_cmd_context` says, given the NOT_IN_* masks a handler passes."""
    parts = set(place.value.split("+"))
    masks = set(checks)
    if "GLOBAL_ONLY" in masks:
        masks |= {"NOT_IN_VIRTUALHOST", "NOT_IN_LIMIT", "NOT_IN_DIR_CONTEXT"}
    if masks & {"NOT_IN_DIR_CONTEXT", "NOT_IN_DIR_LOC_FILE"}:
        masks |= set(_CONTAINED)
    if "NOT_IN_FILES" in masks and "if" in parts:
        return Permission.REFUSED
    refused = (
        any(mask in masks and part in parts for mask, part in _CONTAINED.items())
        or ("NOT_IN_VIRTUALHOST" in masks and "vhost" in parts)
        or ("NOT_IN_LIMIT" in masks and "limit" in parts)
        or ("NOT_IN_HTACCESS" in masks and place is Place.HTACCESS)
    )
    return Permission.REFUSED if refused else Permission.ALLOWED
