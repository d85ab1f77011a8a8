"""What `httpd -t` accepts, and what start-up, every handshake or every request then rejects.

`httpd -t` ends before the hooks `post_config` and `open_logs`, in which nearly all of mod_ssl's checks sit
(`main` in server/main.c). Each kind of failure is worked out on its own, when somebody asks for it.
"""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..configuration.model import Argument, Directive
from ..configuration.problem import Problem
from ..diagnostic import Edit, Related
from ..server import Server, VirtualHost, assumption, spot
from ..text import Span

Finder = Callable[[Server], Iterable["StartFailure"]]


class Effect(enum.Enum):
    """What fails."""

    START = "the server does not start"
    HANDSHAKE = "every handshake fails"
    REQUEST = "every request fails"


@dataclass(frozen=True, slots=True)
class StartFailure:
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
        return replace(self, problem=replace(self.problem, span=span))


_HOMES: Mapping[str, str] = MappingProxyType(
    {
        kind: home
        for home, kinds in {
            "startup_lists": "ssl-protocol-empty-set cipher-string-no-match tls13-suite-in-old-list "
            "tls13-suite-unknown",
            "startup_commands": "group-unknown-for-target confcmd-value-refused",
            "startup_hosts": "ssl-engine-without-cert stapling-without-cache crl-check-without-crl",
            "startup_handshake": "protocol-confcmd-conflict nobody-can-connect cipher-cert-mismatch "
            "verify-client-without-ca",
            "startup_process": "no-listen listen-overlap module-without-companion balancer-without-method "
            "managed-domain-overlap",
            "startup_requests": "proxy-engine-missing proxy-scheme-without-module auth-without-type auth-without-name "
            "auth-without-user-file auth-type-without-module auth-without-require",
        }.items()
        for kind in kinds.split()
    }
)
"""The kinds of failures, each with the module that finds them."""

KINDS = tuple(_HOMES)


def start_failures(server: Server, kind: str | None = None) -> tuple[StartFailure, ...]:
    """What keeps a server from starting or its clients from being served, or one kind of that; worked out once.

    What depends on something that was not read is left out. `kind` is one of `KINDS`.
    """
    if kind is None:
        return tuple(failure for one in KINDS for failure in start_failures(server, one))
    key = (StartFailure, kind)
    if key not in server.memory:
        module = importlib.import_module(f".{_HOMES[kind]}", __package__)
        finders: Mapping[str, Finder] = module.FINDERS
        server.memory[key] = tuple(finders[kind](server))
    found = server.memory[key]
    assert isinstance(found, tuple)
    return found


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

    The message goes on with the effect and the number, unless it says what happens itself.
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


def outcome(server: Server, code: str, effect: Effect = Effect.START) -> str:
    """`the server does not start (AH02231)`; up to 2.2 messages have no numbers."""
    return f"{effect.value} ({code})" if numbered(server, code) else effect.value


def numbered(server: Server, code: str) -> str:
    """The number, where the target's httpd writes numbers."""
    return code if server.target.httpd.branch in ("2.4", "trunk") else ""


def speaking(server: Server) -> Iterator[VirtualHost]:
    """The hosts for which mod_ssl sets up TLS at start-up, whether or not they can ever be met.

    `ssl_init_ConfigureServer` asks for SSLEngine alone. In a fragment whose server is unknown, those that
    may.
    """
    for host in server.hosts:
        if host.engine.value or host.engine.value is None:
            yield host


def by_line(found: Iterable[tuple[Directive, VirtualHost]]) -> list[tuple[Directive, list[VirtualHost]]]:
    """The hosts that each line concerns; the uses of a macro with equal words count as one line."""
    lines: dict[tuple[str, int, str], tuple[Directive, list[VirtualHost]]] = {}
    for directive, host in found:
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
