"""The offer that sslint predicts, in the shape of what handshakes observe, and where the two differ."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sslint.configuration import expand
from sslint.files import DiskFiles, ReadError
from sslint.knowledge.targets import preset
from sslint.server import Server, VirtualHost, build
from sslint.tls import Protocol, TlsOffer, offers
from sslint.tls.startup import Effect, start_failures

from . import complete
from .case import Case
from .daemon import LOADED, Started, free_ports, serving
from .hello import GROUPS
from .probe import MODERN, SHARED, Observed, chacha_first, known_suites, observe

_CURVES = {
    "ec.pem": "P-256",
    "ec384.pem": "P-384",
    "ec521.pem": "P-521",
    "k1.pem": "secp256k1",
    "brainpool.pem": "brainpoolP256r1",
    "ed25519.pem": "",
    "ed448.pem": "",
}


class Result(NamedTuple):
    """What came of a case: whether the server started, how many hosts were met, and every difference."""

    case: Case
    started: bool
    met: int
    differences: tuple[str, ...]


def try_case(case: Case, folder: Path, whole: bool) -> Result:
    """Start a case's server in a folder with its certificates, meet every host, compare.

    `whole` asks for a whole handshake with each suite that was found, too.
    """
    ports = free_ports(case.port_count)
    with serving(case.text(ports), folder) as started:
        server = model(folder / "httpd.conf")
        found = list(_refusals(server, started))
        met = list(_meetings(server, ports)) if started.running else []
        for port, name, offer in met:
            found += (
                f"port {ports.index(port)}, {name or 'no name'}: {text}" for text in _meet(port, name, offer, whole)
            )
    return Result(case, started.running, len(met), tuple(found))


def model(main: Path, *more: str) -> Server:
    """The server as sslint reads it, for the system that the tests run on; `more` as in `serving`."""
    target = preset("debian-12")
    target = target.replace(static_modules=target.static_modules | {f"{name}_module" for name in (*LOADED, *more)})
    return build(expand(str(main), DiskFiles(), target, modules_certain=True), read=_read)


def _read(path: str) -> bytes:
    """A certificate's file."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(str(error)) from None


def _refusals(server: Server, started: Started) -> Iterator[str]:
    """Whether the server starts, against what is predicted."""
    fatal = [one for one in start_failures(server) if one.effect is Effect.START]
    if started.running and fatal:
        yield f"it starts, in spite of: {fatal[0].problem.message}"
    if not started.running and not fatal:
        yield f"it does not start: {started.log.strip()}"
    if not started.running and fatal and not any(one.code in started.log for one in fatal):
        yield f"it does not start for {fatal[0].code}, but: {started.log.strip()}"


def _meetings(server: Server, ports: Sequence[int]) -> Iterator[tuple[int, str, TlsOffer | None]]:
    """Every port with every name that a client can use there, and the offer that it meets; None for plain HTTP."""
    for port in ports:
        there = server.table.find("127.0.0.1", port)
        default = server.main if there is None else there.default
        for name in _names([] if there is None else there.hosts):
            host = default if there is None else there.choose(name.lower(), port, sni=True)
            settling = host if host.engine.value else default
            yield port, name, _offer(settling, default) if default.engine.value else None


def _names(hosts: Sequence[VirtualHost]) -> list[str]:
    """What clients may say: nothing, each name or alias of the hosts, one that nobody has, another case."""
    names = [name.replace("*", "x.y").replace("?", "z") for host in hosts for name in host.names]
    more = ["nobody.example", hosts[-1].name.upper()] if len(hosts) > 1 else []
    return list(dict.fromkeys(["", *names, *more]))


def _offer(host: VirtualHost, default: VirtualHost) -> TlsOffer:
    """What a host offers at the address with some default host."""
    return next((one for one in offers(host) if one.default is default), offers(host)[0])


def _meet(port: int, name: str, offer: TlsOffer | None, whole: bool) -> Iterator[str]:
    """The differences between an offer and what a client finds."""
    try:
        observed = observe(port, name)
    except ValueError:
        if offer is not None:
            yield "it does not speak TLS"
        return
    if offer is None:
        yield f"it speaks TLS: {' '.join(observed.suites)}"
        return
    predicted = _predicted(offer)
    for aspect, ours, theirs in zip(Observed._fields, predicted, observed, strict=True):
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            for version in sorted({*ours, *theirs}):
                yield from _listed(f"{aspect} of {version}", ours.get(version, ()), theirs.get(version, ()))
        elif ours != theirs and not (aspect == "dh_bits" and ours is None):
            yield f"{aspect}: predicted {ours}, met {theirs}"
    if whole:
        yield from _completed(port, name, observed, str(offer.verify_client.value), _curve(offer))


def _completed(port: int, name: str, observed: Observed, verify: str, curve: str) -> Iterator[str]:
    """Suites that ServerHello names, but whole handshakes do not end with; `curve` is that of the host's ECDSA key.

    A client without a certificate learns in TLS 1.3 only later that it needs one (RFC 8446 4.4.2.4).
    """
    asked = set()
    for version, names in observed.suites.items():
        groups = observed.groups.get(version, observed.groups.get("TLSv1.2", complete.GROUPS))
        shared = set(complete.GROUPS) & set(groups)
        for suite in names:
            strange = "ECDSA" in suite and curve and curve not in complete.GROUPS
            if suite not in complete.suites() or strange or not (shared or suite in _without_group()):
                continue
            asked.add(complete.asks_certificate(port, name, version, suite))
            ends = complete.shake_hands(port, name, version, suite)
            if (ends == suite) is (verify == "require" and version != MODERN):
                yield f"{suite} of {version} ends with {ends}"
    if asked - {verify != "none"}:
        yield f"certificates asked for: predicted {verify}, met {asked}"


@functools.lru_cache(maxsize=1)
def _without_group() -> frozenset[str]:
    """The suites that need no group."""
    return frozenset(one.name for one in known_suites() if one.key_exchange not in ("ECDH", "ECDHEPSK", "any"))


def _listed(what: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[str]:
    """How two lists differ."""
    lacking = [one for one in theirs if one not in ours]
    surplus = [one for one in ours if one not in theirs]
    if lacking or surplus:
        yield f"{what}: not predicted: {' '.join(lacking) or '-'}; not met: {' '.join(surplus) or '-'}"
    elif ours != theirs:
        yield f"{what}: predicted order {' '.join(ours)}, met {' '.join(theirs)}"


def _predicted(offer: TlsOffer) -> Observed:
    """The offer as handshakes would find it out."""
    by_server = offer.honors_server_order.value
    client = [one.name for one in known_suites()]
    suites = {}
    for protocol in (one.protocol for one in offer.protocols):
        names = [one.openssl_name for one in offer.suites_for(protocol)]
        suites[protocol.word] = tuple(names if by_server else sorted(names, key=client.index))
    older = [one for protocol in Protocol if protocol < Protocol.TLS1_3 for one in offer.suites_for(protocol)]
    return Observed(
        suites,
        dict(_groups(offer, suites)),
        {version: _chacha(offer, names) for version, names in suites.items() if "CHACHA20" in " ".join(names)},
        offer.dh.bits if any(one.key_exchange == "DH" for one in older) else None,
        offer.tickets.value if older else None,
        (offer.verify_client.value != "none") if older else None,
    )


def _chacha(offer: TlsOffer, names: tuple[str, ...]) -> tuple[str, ...]:
    """The suite for a client that wants ChaCha20 first; `names` are in the server's order where that counts."""
    by_server, prefers = offer.honors_server_order.value, offer.prefers_chacha.value
    wanted = chacha_first(names) if by_server and prefers else names if by_server else chacha_first(sorted(names))
    return tuple(wanted[:1])


def _curve(offer: TlsOffer) -> str:
    """The curve of the host's ECDSA key that a client must list; P-256 where it has no such key."""
    files = [one.values[0].rpartition("/")[2] for one in offer.host.all("sslcertificatefile")]
    return next((_CURVES[file] for file in reversed(files) if file in _CURVES), "P-256")


def _groups(offer: TlsOffer, suites: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups as they are picked; in TLS 1.2 the client's order counts where it does for suites."""
    authenticators = {one.au for one in offer.suites_for(Protocol.TLS1_2) if one.key_exchange == "ECDH"}
    if authenticators:
        names = list(offer.groups_for(Protocol.TLS1_2))
        if not offer.honors_server_order.value:
            names.sort(key=tuple(GROUPS)[::-1].index)
        own = _curve(offer)
        if authenticators == {"ECDSA"} and own in names:  # a client must know the key's curve (RFC 8422 5.1)
            names = names[: names.index(own) + 1]
        yield "TLSv1.2", tuple(names)
    if "TLSv1.3" in suites:
        yield "TLSv1.3", tuple(name for name in offer.groups_for(Protocol.TLS1_3) if name in SHARED)
