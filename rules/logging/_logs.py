"""The access logs of a host, and the formats that they are written in.

Source: modules/loggers/mod_log_config.c (`add_custom_log`, `open_multi_logs`, `multi_log_transaction`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import Argument, Directive, Place, Server, VirtualHost, kept

COMMON = '%h %l %u %t "%r" %>s %b'
"""`CLF`, which is defined from the start, and what a log without format is written in."""
KEYS = ("customlog", "transferlog", "globallog")
NULL = ("/dev/null", "nul")


class AccessLog(NamedTuple):
    """One log. `format` is its format, `place` where that stands; `undefined` a nickname that nobody made."""

    directive: Directive
    file: str
    format: str
    place: Place
    undefined: Argument | None = None

    @property
    def is_kept(self) -> bool:
        """Whether what is written is kept."""
        return self.file.lower() not in NULL


def logs_of(host: VirtualHost) -> list[AccessLog]:
    """The logs that a host's requests are written to: its own, or else the main server's, and those for all."""
    own = [one for key in ("customlog", "transferlog") for one in host.own.get(key, ())]
    owner = host if own or host.is_main else host.server.main
    lines = [one for key in ("customlog", "transferlog") for one in owner.own.get(key, ())]
    lines += host.server.main.own.get("globallog", [])
    named = formats_of(host)
    found = (_log(one, named) for one in lines if one.condition is None or one.condition.likely)
    return [one for one in found if one is not None]


def formats_of(host: VirtualHost) -> dict[str, Directive]:
    """The LogFormat lines by nickname in lower case, which is empty for the one that logs without format take."""
    return _formats(host if "logformat" in host.own else host.server.main)


@kept
def _formats(owner: VirtualHost) -> dict[str, Directive]:
    lines = ((one.values, one) for one in owner.all("logformat"))
    return {words[1].lower() if len(words) > 1 else "": one for words, one in lines if words}


def _log(directive: Directive, named: dict[str, Directive]) -> AccessLog | None:
    words = directive.arguments
    if not words:
        return None
    second = words[1] if len(words) > 1 and directive.key != "transferlog" else None
    if second is None or second.value.startswith(("env=", "expr=")):
        default = named.get("")
        return AccessLog(directive, words[0].value, *(_of_line(default) if default else (COMMON, directive)))
    line = named.get(second.value.lower())
    if line is not None:
        return AccessLog(directive, words[0].value, *_of_line(line))
    if second.value.lower() == "clf":
        return AccessLog(directive, words[0].value, COMMON, second)
    return AccessLog(directive, words[0].value, second.value, second, None if "%" in second.value else second)


def _of_line(line: Directive) -> tuple[str, Place]:
    words = line.arguments
    return words[0].value, words[0]


def all_logs(server: Server) -> Iterator[tuple[VirtualHost, AccessLog]]:
    """Each log of the server once, with the first host that writes to it."""
    told: set[tuple[Directive, str]] = set()
    for host in server.hosts:
        if host.is_main or any(key in host.own for key in (*KEYS, "logformat")):
            for log in logs_of(host):
                if (log.directive, log.format) not in told:
                    told.add((log.directive, log.format))
                    yield host, log


def log_files(server: Server) -> Iterator[tuple[Directive, str]]:
    """Every line that names a log file, by its first word, with the file's full path; no programs, no syslog."""
    for host in server.hosts:
        for key in (*KEYS, "errorlog", "forensiclog", "scriptlog", "transferlog", "cookielog", "rewritelog"):
            for directive in host.own.get(key, ()):
                for name in directive.values[:1]:
                    if name and not name.startswith(("|", "syslog", "journald")) and "%" not in name:
                        root = server.configuration.server_root or "/"
                        yield directive, posixpath.normpath(posixpath.join(root, name))
