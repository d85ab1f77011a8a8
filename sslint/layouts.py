"""Where distributions keep a server's main file, and what that says about the server.

A layout is recognised by its files alone, so that a copy in a repository counts like the
original in `/etc`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import NamedTuple

from .files import Files, Kind, below, is_absolute
from .knowledge.targets import Target

MAIN_NAMES = ("apache2.conf", "httpd.conf")
"""Names of main files, as long as no other main file includes them."""
MAIN_PLACES = (
    *MAIN_NAMES,
    "conf/httpd.conf",
    "conf/apache2.conf",
    "apache2/apache2.conf",
    "apache2/httpd.conf",
    "httpd/conf/httpd.conf",
    "apache24/httpd.conf",
    "etc/apache2/apache2.conf",
    "etc/apache2/httpd.conf",
    "etc/httpd/conf/httpd.conf",
    "etc/apache24/httpd.conf",
)
"""Where a folder may hold a main file."""

_SERVER_ROOT = re.compile(r'(?im)^[ \t]*ServerRoot[ \t]+(?:"([^"\n]+)"|([^\s"]+))')
_DEFINE = re.compile(r'(?im)^[ \t]*Define[ \t]+(\w+)[ \t]+(?:"([^"\n]+)"|([^\s"]+))')
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SIGNS = (
    ("debian", "apache2.conf", ("sites-available", "sites-enabled", "mods-enabled", "conf-enabled", "envvars")),
    ("rhel", "conf/httpd.conf", ("conf.modules.d", "conf.d/ssl.conf", "conf.d/welcome.conf")),
    ("suse", "httpd.conf", ("default-server.conf", "vhosts.d", "uid.conf", "listen.conf")),
    ("freebsd", "httpd.conf", ("modules.d", "envvars.d")),
    ("alpine", "httpd.conf", ("conf.d/default.conf", "conf.d/mpm.conf", "conf.d/languages.conf")),
)
"""A preset, its main file, and files or folders beside that of which one must be there."""


class PathMap(NamedTuple):
    """The server's folders and where they lie here, longest first."""

    pairs: tuple[tuple[str, str], ...] = ()

    def real(self, path: str) -> str:
        """Where a path of the server lies here."""
        return _moved(path, self.pairs)

    def server(self, path: str) -> str:
        """What the server calls a path of ours."""
        return _moved(path, sorted(((real, server) for server, real in self.pairs), key=lambda pair: -len(pair[0])))

    @classmethod
    def of(cls, *pairs: tuple[str, str]) -> PathMap:
        """A map of pairs; of two for the same folder, the first counts."""
        chosen: dict[str, str] = {}
        for server, real in pairs:
            chosen.setdefault(_folder(server), _folder(real))
        useful = [pair for pair in chosen.items() if pair[0] != pair[1]]
        return cls(tuple(sorted(useful, key=lambda pair: -len(pair[0]))))


def likely_preset(files: Files, main: str, text: str) -> str:
    """The distribution whose layout a main file stands in, or whose variables it names; or nothing."""
    for name, place, signs in _SIGNS:
        if main.endswith("/" + place):
            base = main[: -len(place)]
            if any(files.kind(base + sign) is not Kind.MISSING for sign in signs):
                return name
    return "debian" if posixpath.basename(main) == "apache2.conf" and "${APACHE_RUN_" in text else ""


def derived_map(files: Files, main: str, text: str, target: Target, stated_root: str, known: bool) -> PathMap:
    """The map that a main file's place implies: a copy of /etc/apache2 means /etc/apache2.

    `stated_root` is a ServerRoot that the user gave, else the file's own directive counts;
    `known` says that the distribution is known, so that its own paths count too.
    """
    pairs: list[tuple[str, str]] = []
    folder, name = posixpath.split(main)
    root = below("/", stated_root) if stated_root else _server_root(text)
    if root:
        pairs.append((root, _home(folder, root)))
        if not known and pairs[0][1] == folder != root and files.kind(folder + "/conf") is Kind.MISSING:
            pairs.append((root + "/conf", folder))  # a main file that is copied to conf when an image is built
    if known:
        home, home_name = posixpath.split(target.main_config)
        if home_name == name:
            pairs.append((home, folder))
        if main.endswith(target.main_config):
            top = "/" + target.main_config.split("/")[1]
            pairs.append((top, main[: -len(target.main_config)] + top))
        if (target.main_config + "/").startswith(target.server_root + "/"):
            inner = target.main_config[len(target.server_root) :]
            if main.endswith(inner):
                pairs.append((target.server_root, main[: -len(inner)]))
    return PathMap.of(*pairs)


def tree(main: str) -> str:
    """The folder that a main file's server keeps to: its own, or the one above `conf`."""
    folder = posixpath.dirname(main)
    if posixpath.basename(folder) in ("conf", "etc"):
        return posixpath.dirname(folder)
    return folder


def _server_root(text: str) -> str:
    """The ServerRoot that a main file states, as an absolute path; nothing where it can't be told."""
    match = _SERVER_ROOT.search(text)
    if match is None:
        return ""
    defined = {name: quoted or plain for name, quoted, plain in _DEFINE.findall(text)}
    root = _VARIABLE.sub(lambda variable: defined.get(variable[1], variable[0]), match[1] or match[2])
    return below("/", root) if is_absolute(root) and "${" not in root else ""


def _home(folder: str, root: str) -> str:
    """The folder here that a ServerRoot means: the main file's, or the one above its `conf`."""
    if (folder + "/").startswith(root + "/"):
        return root
    if posixpath.basename(folder) == posixpath.basename(root):
        return folder
    return posixpath.dirname(folder) if posixpath.basename(folder) in ("conf", "etc") else folder


def _folder(path: str) -> str:
    return posixpath.normpath(path).rstrip("/")


def _moved(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        if path == old or path.startswith(old + "/"):
            return new + path[len(old) :]
    return path
