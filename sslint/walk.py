"""Which files below a folder are configurations, judged by name and by a look inside."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch

from .files import Files, Kind, ReadError
from .layouts import MAIN_NAMES
from .report import Unread

HTACCESS = ".htaccess"
TEMPLATES = (
    ".erb", ".epp", ".j2", ".jinja", ".jinja2", ".tpl", ".stpl", ".tmpl", ".mustache", ".m4", ".in", ".template",
)  # fmt: skip
"""Ends of names of files from which a configuration is yet to be made; a walk leaves them out."""
MOST_FILES = 50_000

_NEVER = {".git", ".hg", ".svn", ".tox", ".venv", "node_modules", "__pycache__"}
_FOLDERS = {"sites-available", "sites-enabled", "conf-available", "conf-enabled", "mods-available", "mods-enabled"}
_ENDS = (".conf", ".vhost", ".load", ".apacheconf")
_APACHE = re.compile(
    r"(?m)^[ \t]*(?:<(?:VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|Files|FilesMatch|Proxy|If|IfModule"
    r"|IfDefine|IfVersion|Macro|Limit)[ \t]"
    r"|(?:LoadModule|ServerRoot|ServerName|ServerAlias|DocumentRoot|Listen|SSL[A-Z]\w+"
    r"|Rewrite(?:Engine|Rule|Cond)|ProxyPass|CustomLog|ErrorLog|Require|Include(?:Optional)?|AddType|AddHandler|Header"
    r"|ScriptAlias|Alias|Redirect|DirectoryIndex|WSGI\w+)[ \t])"
)
_MAIN = re.compile(r"(?m)^[ \t]*ServerRoot[ \t]")
_LISTEN = re.compile(r"(?im)^[ \t]*Listen[ \t]")
_MAIN_BESIDE_LISTEN = re.compile(r"(?im)^[ \t]*LoadModule[ \t]|^(?:DocumentRoot|User|PidFile|SSLEngine)[ \t]")
"""With a Listen these mean a whole server; the latter where no `<VirtualHost>` is open."""
_HOST = re.compile(r"(?is)^[ \t]*<VirtualHost\b.*?^[ \t]*</VirtualHost", re.MULTILINE)

_MARKERS = re.compile(
    r"<%[-=#\s].*?%>|<TMPL_\w+"  # ERB, EPP; HTML::Template
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"  # Jinja, Go, Mustache
    r"|(?<![\w.@])@@?[A-Za-z]\w*@@?(?![\w.@])"  # autoconf, and httpd's own httpd.conf.in
    r"|%[A-Z][A-Z0-9_]{3,}%|%[a-z][a-z0-9_]+%"  # placeholders; a log format's letters stand alone
)
_STATEMENT = re.compile(
    r"(?m)^[ \t]*(?:\{%[-+]?[ \t]*[a-z]+\b.*?%\}|<%[-=#]?[ \t].*?%>|</?TMPL_[A-Z]+\b)"  # in a directive's place
    r"|^[ \t]*[A-Za-z]\w*[ \t][^\n]*?"
    r"(?:\{\{[-+]?[ \t]*[A-Za-z_][\w.]*[ \t]*(?:\||[-+]?\}\})|<%=[ \t][^\n%]*%>|@@[A-Za-z]\w*@@)"
)
"""What no configuration holds outside its comments: a template's statement, or an argument that it fills in."""
_CUES = ("{%", "{{", "<%", "<TMPL_", "@@")
"""One of these is in every such text, and looked for in a hundredth of the time."""


def is_template(name: str, text: str) -> bool:
    """Whether a file is a template, no configuration yet.

    Its name says so and its text holds a template's marks, or its text alone leaves no doubt.
    """
    if name.endswith(TEMPLATES):
        return _MARKERS.search(text) is not None
    return any(mark in text for mark in _CUES) and _STATEMENT.search(text) is not None


def looks_main(text: str) -> bool:
    """Whether a text says what only a server's main file says."""
    if _MAIN.search(text):
        return True
    return _LISTEN.search(text) is not None and _MAIN_BESIDE_LISTEN.search(_HOST.sub("", text)) is not None


def configurations(files: Files, folder: str, exclude: Sequence[str], unread: list[Unread]) -> Iterator[str]:
    """The configuration files below a folder, in order, main files before others of their folder.

    Folders that can't be listed are added to `unread`.
    """
    home = files.resolve(folder)
    waiting, seen, visited = [folder], 0, {home}
    while waiting:
        current = waiting.pop()
        below: list[str] = []
        for name in sorted(_names(files, current, unread), key=lambda name: (name not in MAIN_NAMES, name)):
            path = posixpath.join(current, name)
            relative = path[len(folder) :].lstrip("/")
            seen += 1
            if seen > MOST_FILES:
                unread.append(Unread(folder, f"it holds more than {MOST_FILES:,} files: name those that matter"))
                return
            if name in _NEVER or excluded(relative, exclude):
                continue
            if files.kind(path) is Kind.DIRECTORY:
                resolved = files.resolve(path)
                if resolved not in visited and not (home + "/").startswith(resolved + "/"):  # links may lead back up
                    visited.add(resolved)
                    below.append(path)
            elif is_configuration(files, path):
                yield path
        waiting += reversed(below)


def excluded(relative: str, exclude: Sequence[str]) -> bool:
    """Whether a path, relative to where the patterns are said, or its last part, matches one of them."""
    name = posixpath.basename(relative)
    return any(fnmatch(relative, one) or fnmatch(name, one) for one in exclude)


def is_configuration(files: Files, path: str) -> bool:
    """Whether a file is one for httpd, by its name and by a look inside; one that can't be read may be."""
    folder, name = posixpath.split(path)
    if name in (*MAIN_NAMES, HTACCESS):
        return True
    if name.endswith(TEMPLATES) or not (name.endswith(_ENDS) or posixpath.basename(folder) in _FOLDERS):
        return False
    try:
        text = files.read(path).decode("latin-1")
        return _APACHE.search(text) is not None and not is_template(name, text)
    except ReadError:
        return True  # who lints the folder is to hear of it


def _names(files: Files, folder: str, unread: list[Unread]) -> list[str]:
    try:
        return files.list(folder)
    except ReadError as error:
        unread.append(Unread(folder, str(error)))
        return []
