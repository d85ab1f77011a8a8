"""Hosts whose responses lack a header."""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, HeaderLine, Reach, Server, VirtualHost, Where, met_hosts, said_for


def serving(server: Server) -> Iterator[VirtualHost]:
    """The hosts that somebody can meet and that serve more than a redirect to https."""
    reach = Reach.of(server)
    for host in met_hosts(server):
        if host.is_tls or reach.answers_first(host, Where("/", None)) is None:
            yield host


def without(server: Server, *names: str) -> Iterator[VirtualHost]:
    """The serving hosts to none of whose responses a line gives one of some headers."""
    for host in serving(server):
        if not any(said_for(host, name) for name in names):
            yield host


def report_missing(server: Server, context: Context, name: str, advice: str, *others: str) -> Iterator[Diagnostic]:
    """A finding for each host without a header, or others that stand for it."""
    for host in without(server, name.lower(), *others):
        yield context.report(host, f"{host.title} sends no {name}: {advice}", notes=note(host))


def note(host: VirtualHost) -> tuple[str, ...]:
    """That an application may send what the configuration does not."""
    proxies = host.all("proxypass") or host.all("proxypassmatch")
    return ("The backend may send it by itself, which can't be known here.",) if proxies else ()


def frames(line: HeaderLine) -> bool:
    """Whether a Content-Security-Policy says who may frame a page, or may do so."""
    return line.text is None or "frame-ancestors" in line.text.lower()
