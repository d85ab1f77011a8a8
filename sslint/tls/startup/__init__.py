"""What `httpd -t` accepts, and what start-up, every handshake or every request then rejects.

`httpd -t` ends before the hooks `post_config` and `open_logs`, in which nearly all of mod_ssl's checks sit
(`main` in server/main.c). Each kind of failure is worked out on its own, when somebody asks for it.
"""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from ...configuration.model import Argument, Directive, walk
from ...configuration.problem import Problem
from ...diagnostic import Edit, Related
from ...server import Server, VirtualHost, assumption, spot
from ...server.memory import kept
from ...text import Span

Finder = Callable[[Server], Iterable["StartFailure"]]


class Effect(enum.Enum):
    """What fails."""

    START = "the server does not start"
    HANDSHAKE = "every handshake fails"
    REQUEST = "every request fails"


class StartFailure(NamedTuple):
    """One reason why an accepted configuration does not work.

    `problem` tells place and message; its kind is the slug of the rule that reports it. `code` is the
    number of the server's own message, such as `AH02572`; empty where it logs none, as httpd up to 2.2.
    `hosts` are those that it concerns, `directive` the line to blame, if a line is.
    """

    problem: Problem
    effect: Effect
    code: str = ""
    hosts: tuple[VirtualHost, ...] = ()
    directive: Directive | None = None

    @property
    def kind(self) -> str:
        """The slug of what is wrong."""
        return self.problem.kind

    def at(self, span: Span) -> StartFailure:
        """The same failure at another place of its source."""
        return self._replace(problem=replace(self.problem, span=span))

    def mended(self, edits: Sequence[Edit]) -> StartFailure:
        """The same failure with edits that mend it."""
        return self._replace(problem=replace(self.problem, edits=tuple(edits)))


class _Kind(NamedTuple):
    """Where failures of a kind are found, and the directives without which there are none."""

    home: str
    triggers: frozenset[str]


def _kinds() -> Iterator[tuple[str, _Kind]]:
    for home, rows in {
        "lists": {
            "ssl-protocol-empty-set": "sslprotocol sslproxyprotocol",
            "cipher-string-no-match": "sslciphersuite sslproxyciphersuite",
            "tls13-suite-in-old-list": "sslciphersuite sslproxyciphersuite",
            "tls13-suite-unknown": "sslciphersuite sslproxyciphersuite",
        },
        "commands": {
            "group-unknown-for-target": "sslopensslconfcmd",
            "confcmd-value-refused": "sslopensslconfcmd",
        },
        "hosts": {
            "ssl-engine-without-cert": "sslengine",
            "ssl-engine-shared": "sslengine",
            "stapling-without-cache": "sslusestapling",
            "crl-check-without-crl": "sslcarevocationcheck sslproxycarevocationcheck",
            "fips-without-provider": "sslfips",
        },
        "material": {
            "certificate-refused": "sslcertificatefile",
            "ca-file-refused": "sslcacertificatefile sslcarevocationfile sslcadnrequestfile sslproxycacertificatefile "
            "sslproxycarevocationfile",
            "proxy-certificate-refused": "sslproxymachinecertificatefile",
            "dh-file-refused": "sslopensslconfcmd",
            "ticket-key-too-short": "sslsessionticketkeyfile",
            "types-file-missing": "typesconfig",
        },
        "handshake": {
            "protocol-confcmd-conflict": "sslopensslconfcmd",
            "weak-protocols-only": "sslprotocol",
            "nobody-can-connect": "sslprotocol sslciphersuite sslopensslconfcmd",
            "cipher-cert-mismatch": "sslciphersuite",
            "verify-client-without-ca": "sslverifyclient",
        },
        "process": {
            "listen-missing": "",
            "listen-overlap": "listen",
            "module-without-companion": "loadmodule",
            "managed-domain-overlap": "mdomain managedomain mdomainset",
        },
        "balancers": {
            "balancer-without-method": "proxy proxypass balancermember",
            "balancer-without-members": "proxypass proxypassmatch rewriterule",
        },
        "requests": {
            "auth-without-type": "require",
            "auth-without-name": "authtype",
            "auth-without-user-file": "authtype",
            "auth-type-without-module": "authtype",
            "auth-without-require": "authtype",
            "require-group-without-file": "require",
            "rewrite-without-symlinks": "rewriteengine",
        },
        "backends": {
            "proxy-engine-missing": "proxypass proxypassmatch rewriterule sethandler balancermember",
            "proxy-scheme-without-module": "proxypass proxypassmatch rewriterule sethandler balancermember",
            "proxy-ca-missing": "sslproxyverify",
            "rewrite-proxy-without-module": "rewriterule",
        },
    }.items():
        for kind, triggers in rows.items():
            yield kind, _Kind(home, frozenset(triggers.split()))


_KINDS: Mapping[str, _Kind] = MappingProxyType(dict(_kinds()))
KINDS = tuple(_KINDS)
"""The slugs of all that can fail."""
_REPORTED_OTHERWISE = frozenset({"certificate-refused", "proxy-certificate-refused", "weak-protocols-only"})
"""Kinds that rules about certificates and weak-ssl-protocol tell in detail."""


def start_failures(server: Server, kind: str | None = None) -> tuple[StartFailure, ...]:
    """What keeps a server from starting or its clients from being served, or one kind of that; worked out once.

    What depends on something that was not read is left out. `kind` is one of `KINDS`.
    """
    if kind is None:
        return tuple(failure for one in KINDS for failure in start_failures(server, one))
    home, triggers = _KINDS[kind]
    if triggers and triggers.isdisjoint(server.keys):
        return ()
    key = (StartFailure, kind)
    if key not in server.memory:
        finders: Mapping[str, Finder] = importlib.import_module(f".{home}", __package__).FINDERS
        server.memory[key] = tuple(finders[kind](server))
    found = server.memory[key]
    assert isinstance(found, tuple)
    return found


def start_problems(server: Server) -> list[Problem]:
    """The same for the rules of these kinds."""
    kinds = (kind for kind in KINDS if kind not in _REPORTED_OTHERWISE)
    return [failure.problem for kind in kinds for failure in start_failures(server, kind)]


# For the modules that find them


def blame(
    kind: str,
    effect: Effect,
    directive: Directive,
    message: str,
    *,
    arguments: Sequence[Argument] = (),
    code: str = "",
    label: str = "",
    hosts: Sequence[VirtualHost] = (),
    related: Sequence[Related] = (),
    notes: Sequence[str] = (),
    edits: Sequence[Edit] = (),
) -> StartFailure:
    """A failure because of a line: at a run of its arguments, or as a whole.

    The message says what happens, with the number where there is one; see `outcome`.
    """
    place = spot(directive, arguments[0], arguments[-1]) if arguments else spot(directive)
    hosts = tuple(hosts)
    condition = hosts[0].condition if hosts else None
    problem = Problem(
        kind=kind,
        source=place.source,
        span=place.span,
        message=message,
        label=label,
        related=tuple(related),
        notes=(*notes, *assumption(directive, condition)),
        edits=tuple(edits),
        frame=place.frame,
    )
    return StartFailure(problem, effect, code, hosts, directive)


def blame_host(
    kind: str, effect: Effect, host: VirtualHost, message: str, *, code: str = "", notes: Sequence[str] = ()
) -> StartFailure:
    """A failure because of what no line of a host says."""
    header = host.header
    problem = Problem(
        kind=kind,
        source=host.source,
        span=host.span,
        message=message,
        notes=(*notes, *assumption(host.condition)),
        frame=header.frame if header is not None else None,
    )
    return StartFailure(problem, effect, code, (host,))


def line_above(directive: Directive, line: str, *, in_host: bool) -> tuple[Edit, ...]:
    """The edit that puts a line at the level of the host, or of the whole server, above a directive's section.

    None for what a macro or a variable writes.
    """
    around = [one for one in directive.enclosing if not (in_host and one.key == "virtualhost")]
    anchor = around[-1] if around else directive
    if anchor.frame.macro is not None or anchor.frame is not directive.frame:
        return ()
    source = anchor.source
    start = source.line_span(source.line(anchor.start)).start
    text = source.text
    indent = text[start : anchor.start]
    ending = "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"
    return (Edit(source, Span(start, start), f"{indent}{line}{ending}"),) if not indent.strip(" \t") else ()


def outcome(server: Server, code: str, effect: Effect = Effect.START) -> str:
    """`the server does not start (AH02231)`; up to 2.2 messages have no numbers."""
    return f"{effect.value} ({code})" if numbered(server, code) else effect.value


def numbered(server: Server, code: str) -> str:
    """The number, where the target's httpd writes numbers."""
    return code if not server.target.httpd.is_old else ""


@kept
def knows_modules(server: Server) -> bool:
    """Whether every module that the server loads is known: none is loaded under a condition that nobody knows."""
    if not server.is_complete or not server.configuration.modules_certain:
        return False
    items = walk(server.configuration.children)
    return not any(item.key in ("loadmodule", "loadfile") and item.condition is not None for item in items)


def speaking(server: Server) -> Iterator[VirtualHost]:
    """The hosts for which mod_ssl sets up TLS at start-up, whether or not they can ever be met.

    `ssl_init_ConfigureServer` asks for SSLEngine alone. In a fragment whose server is unknown, those that
    may.
    """
    for host in server.hosts:
        if host.engine.value or host.engine.value is None:
            yield host


def by_line(found: Iterable[tuple[Directive, VirtualHost]]) -> list[tuple[Directive, list[VirtualHost]]]:
    """The hosts that each line concerns; the uses of a macro with equal words count as one line.

    Lines with variables that nothing defines are left out: what they say is not known.
    """
    lines: dict[tuple[str, int, str], tuple[Directive, list[VirtualHost]]] = {}
    for directive, host in found:
        if "${" in directive.text:
            continue
        hosts = lines.setdefault((directive.source.path, directive.start, directive.text), (directive, []))[1]
        if host not in hosts[-1:]:
            hosts.append(host)
    return list(lines.values())


def winners(
    hosts: Iterable[VirtualHost], key: str, kind: str | None = None
) -> list[tuple[Directive, list[VirtualHost]]]:
    """The lines of a key that are in force for hosts, each with them."""
    pairs = ((host.winner(key, kind), host) for host in hosts)
    return by_line((line, host) for line, host in pairs if line is not None)
