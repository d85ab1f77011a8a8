"""Lists that leave nothing: SSLProtocol, SSLCipherSuite, and the same of the proxy side.

Sources: `ssl_init_ctx_protocol` and `ssl_init_ctx_cipher_suite` in ssl_engine_init.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...configuration.model import Argument, Directive
from ...diagnostic import Edit
from ...knowledge.targets import Target
from ...server import Server, Setting, VirtualHost, listing
from ...server.memory import kept
from ...server.sections import all_scopes
from ...text import Span
from ..lists import tls13_list, tls13_setting
from ..offer import offers
from ..protocols import BY_WORD, Protocol, available, switch_on
from ..proxy import ProxyOffer
from ..suites import CipherSetting, cipher_setting, target_library
from . import Effect, StartFailure, blame, by_line, numbered, outcome, speaking, winners

if TYPE_CHECKING:
    from ...openssl import Library

Line = tuple[Directive, list[VirtualHost]]
_SEPARATORS = re.compile(r"[:,; ]+")


@kept
def proxy_sides(server: Server) -> tuple[ProxyOffer, ...]:
    """The contexts that mod_ssl sets up for backends: of hosts, and of `<Proxy>` sections with lines of their own.

    `ssl_init_proxy_ctx`; nothing is set up where SSLProxyEngine is off.
    """
    return tuple(_proxy_sides(server))


def _proxy_sides(server: Server) -> Iterator[ProxyOffer]:
    for host in server.hosts:
        scopes = [one for one in host.own_scopes if one.kind == "proxy" and _about_tls(one.directives)]
        if scopes or host.winner("sslproxyengine") is not None:
            for scope in (None, *scopes):
                side = ProxyOffer(host, scope)
                if side.enabled.value:
                    yield side


def _about_tls(keys: Iterable[str]) -> bool:
    return any(key.startswith("sslproxy") for key in keys)


def proxy_lines(server: Server, key: str, kind: str | None = None) -> list[Line]:
    """The lines of a key that are in force on the proxy side."""
    if key not in server.keys:
        return []
    pairs = ((side.setting(key, kind).directive, side.host) for side in proxy_sides(server))
    return by_line((line, host) for line, host in pairs if line is not None)


# Protocols


def empty_protocols(server: Server) -> Iterator[StartFailure]:
    """SSLProtocol and SSLProxyProtocol without a version."""
    lines = winners(speaking(server), "sslprotocol")
    for directive, hosts in [*lines, *proxy_lines(server, "sslproxyprotocol")]:
        words = directive.values
        if switch_on(words, server.target) or not _are_accepted(words, server.target):
            continue
        whom = listing(hosts)
        side = " to its backends" if directive.key == "sslproxyprotocol" else ""
        yield blame(
            "ssl-protocol-empty-set",
            Effect.START,
            directive,
            f"{directive.name} leaves {whom} no protocol version{side}: {outcome(server, 'AH02231')}",
            arguments=directive.arguments,
            code=numbered(server, "AH02231"),
            label="switches nothing on",
            hosts=hosts,
            edits=_all_but(directive, server.target),
        )


def _all_but(directive: Directive, target: Target) -> tuple[Edit, ...]:
    """The edit that gives minus words something to take from, or names the good versions among the rest."""
    words, text = directive.arguments, directive.source.text
    if not words or any(word.value[:1] != "-" or text[word.span.start : word.span.end] != word.value for word in words):
        return ()
    enabled = switch_on(["all", *directive.values], target)
    good = [one for one in enabled if not one.is_weak]
    if not enabled:
        return ()
    start, end = words[0].span.start, words[-1].span.end
    if good and len(good) < len(enabled):
        return (Edit(directive.source, Span(start, end), " ".join(["-all", *(f"+{one.word}" for one in good)])),)
    return (Edit(directive.source, Span(start, start), "all "),)


def _are_accepted(words: Iterable[str], target: Target) -> bool:
    """Whether the server takes the words of an SSLProtocol at all (`ssl_cmd_protocol_parse`)."""
    known = available(target)
    for word in words:
        name = word.lstrip("+-").lower()
        protocol = BY_WORD.get(name)
        absent = protocol is None or (protocol not in known and not word.startswith("-"))
        if name != "all" and absent:
            return False
    return True


# Cipher suites up to TLS 1.2


@kept
def cipher_lines(server: Server) -> list[tuple[Directive, list[VirtualHost], CipherSetting]]:
    """The cipher strings in force, each as the library takes it at start-up.

    SSLCipherSuite is handed over before the commands of SSLOpenSSLConfCmd, so a command can't save it.
    """
    lines = [
        *winners(speaking(server), "sslciphersuite", "SSL"),
        *proxy_lines(server, "sslproxyciphersuite", "SSL"),
    ]
    return [(directive, hosts, _cipher(directive, hosts[0])) for directive, hosts in lines]


def _cipher(directive: Directive, host: VirtualHost) -> CipherSetting:
    return cipher_setting(Setting(directive.arguments, directive), (), host.server.target)


def tls13_names(text: str, build: Library | None) -> list[str]:
    """The names of TLS 1.3 suites in a cipher string, as they are written."""
    from ...openssl import tls13_suites

    known = tls13_suites(build) if build is not None and build.tls13_default else tls13_suites()
    names = {name.lower() for name in known}
    return [word for word in _SEPARATORS.split(text) if word.lstrip("+-!").lower() in names]


def empty_ciphers(server: Server) -> Iterator[StartFailure]:
    """Cipher strings that select nothing, or that the library can't read."""
    yield from empty_in_sections(server)
    for directive, hosts, setting in cipher_lines(server):
        argument = setting.argument
        if not setting.error or argument is None or tls13_names(argument.value, target_library(server.target)):
            continue
        message = f"{_capital(setting.error)}{_whose(directive, hosts)}: {outcome(server, 'AH01898')}"
        yield _refused(
            "cipher-string-no-match",
            directive,
            argument,
            message,
            hosts,
            "AH01898",
            _unknown_words(setting, server.target),
        )


def empty_in_sections(server: Server) -> Iterator[StartFailure]:
    """Cipher strings of sections that select nothing: requests fail, unless they come by TLS 1.3.

    `ssl_hook_Access_classic` in ssl_engine_kernel.c.
    """
    for host in server.hosts:
        if not any(item.key == "sslciphersuite" for section in host.sections for item in section.walk()):
            continue
        for scope in all_scopes(host.own_scopes if host.is_tls is not False else ()):
            directive = scope.last("sslciphersuite")
            if directive is None or "${" in directive.text or directive.values[:-1] == ["TLSv1.3"]:
                continue
            setting = _cipher(directive, host)
            if setting.error and setting.argument is not None and _speaks_old(host):
                code = numbered(server, "AH02253")
                yield blame(
                    "cipher-string-no-match",
                    Effect.REQUEST,
                    directive,
                    f"{_capital(setting.error)} for {scope.section.title}: "
                    f"requests by TLS 1.2 or older get status 403{f' ({code})' if code else ''}",
                    arguments=(setting.argument,),
                    code=code,
                    label="selects nothing",
                    hosts=(host,),
                    notes=_unknown_words(setting, server.target),
                )


def _speaks_old(host: VirtualHost) -> bool:
    """Whether some client may come by TLS 1.2 or older."""
    return any(one.protocol is not Protocol.TLS1_3 for offer in offers(host) for one in offer.protocols)


def only_tls13_names(server: Server) -> Iterator[StartFailure]:
    """Cipher strings that select nothing because they name TLS 1.3 suites."""
    for directive, hosts, setting in cipher_lines(server):
        argument = setting.argument
        if not setting.error or argument is None:
            continue
        names = tls13_names(argument.value, target_library(server.target))
        if names:
            message = (
                f"{names[0]} is a suite of TLS 1.3, which this list knows nothing of, and it selects nothing "
                f"else{_whose(directive, hosts)}: {outcome(server, 'AH01898')}"
            )
            failure = _refused("tls13-suite-in-old-list", directive, argument, message, hosts, "AH01898")
            yield failure.mended(_for_tls13(directive, argument, server.target))


def _for_tls13(directive: Directive, argument: Argument, target: Target) -> tuple[Edit, ...]:
    """The edit that makes a list one for TLS 1.3, if it is one."""
    build = target_library(target)
    if build is None or not build.tls13_default or tls13_list(argument.value, build)[1]:
        return ()
    first = directive.arguments[0].span
    end = first.start if len(directive.arguments) == 1 else first.end
    text = "TLSv1.3 " if len(directive.arguments) == 1 else "TLSv1.3"
    return (Edit(directive.source, Span(first.start, end), text),)


def _unknown_words(setting: CipherSetting, target: Target) -> tuple[str, ...]:
    """A note on the words that the library does not know."""
    from ...openssl import CipherStringError, evaluate

    build = target_library(target)
    try:
        found = evaluate(setting.text, build).elements if build is not None else ()
    except CipherStringError as error:
        found = error.elements
    mine = setting.effective
    written = [one for one in found if mine is None or mine.start <= one.start < mine.end]
    unknown = dict.fromkeys(one.unknown for one in written if one.unknown)
    return (f"OpenSSL {target.openssl} does not know {', '.join(unknown)}.",) if unknown else ()


# TLS 1.3


def refused_tls13(server: Server) -> Iterator[StartFailure]:
    """Lists of TLS 1.3 suites that the library refuses."""
    build = target_library(server.target)
    if build is None or not build.tls13_default:
        return
    lines = winners(speaking(server), "sslciphersuite", "TLSv1.3")
    for directive, hosts in [*lines, *proxy_lines(server, "sslproxyciphersuite", "TLSv1.3")]:
        setting = tls13_setting(Setting(directive.arguments, directive), [], build)
        if setting.error and setting.argument is not None:
            message = f"{_capital(setting.error)}{_whose(directive, hosts)}: {outcome(server, 'AH10127')}"
            yield _refused("tls13-suite-unknown", directive, setting.argument, message, hosts, "AH10127")


def _refused(
    kind: str,
    directive: Directive,
    argument: Argument,
    message: str,
    hosts: list[VirtualHost],
    code: str,
    notes: tuple[str, ...] = (),
) -> StartFailure:
    server = hosts[0].server
    return blame(
        kind,
        Effect.START,
        directive,
        message,
        arguments=(argument,),
        code=numbered(server, code),
        label="selects nothing",
        hosts=hosts,
        notes=notes,
    )


def _whose(directive: Directive, hosts: list[VirtualHost]) -> str:
    side = " to its backends" if directive.key.startswith("sslproxy") else ""
    return f" for {listing(hosts)}{side}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


FINDERS = {
    "ssl-protocol-empty-set": empty_protocols,
    "cipher-string-no-match": empty_ciphers,
    "tls13-suite-in-old-list": only_tls13_names,
    "tls13-suite-unknown": refused_tls13,
}
"""The finders of this module, by kind."""
