"""Values of SSLOpenSSLConfCmd that the library refuses: every line must succeed, whatever later ones say.

Sources: `ssl_init_server_ctx` in ssl_engine_init.c (from httpd 2.4.8 on); the `cmd_` functions of OpenSSL's
ssl/ssl_conf.c.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Argument, Directive
from ...diagnostic import Edit
from ...knowledge.targets import Target
from ...server import Server, VirtualHost, listing
from ...text import Span, leading_number
from ..confcmd import commands
from ..lists import tls13_list
from ..protocols import series
from ..signing import Signature, signature
from ..suites import evaluated, handed_over, target_library
from . import Effect, StartFailure, blame, by_line, numbered, outcome, speaking

if TYPE_CHECKING:
    from ...openssl import Library


class Refusal(NamedTuple):
    """Why the library refuses a value; `start` and `end` are the guilty part's offsets in it.

    `instead` is what was meant by the part, where that is certain; `rest` is a list without all that is refused.
    """

    why: str
    start: int
    end: int
    instead: str = ""
    rest: str = ""


Check = Callable[[str, Target, "Library"], Refusal | None]

_LIMITS = ("None", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "DTLSv1", "DTLSv1.2")
_VERSIONS = frozenset("all sslv2 sslv3 tlsv1 tlsv1.1 tlsv1.2 tlsv1.3 dtlsv1 dtlsv1.2".split())
_OPTIONS: Mapping[tuple[int, ...], str] = MappingProxyType(
    {
        (1, 0, 2): "SessionTicket EmptyFragments Bugs Compression ServerPreference NoResumptionOnRenegotiation "
        "DHSingle ECDHSingle UnsafeLegacyRenegotiation",
        (1, 1, 0): "EncryptThenMac",
        (1, 1, 1): "NoRenegotiation AllowNoDHEKEX PrioritizeChaCha MiddleboxCompat AntiReplay",
        (3, 0, 0): "UnsafeLegacyServerConnect ExtendedMasterSecret CANames KTLS",
        (3, 2, 0): "KTLSTxZerocopySendfile TxCertificateCompression RxCertificateCompression",
        (3, 3, 0): "PreferNoDHEKEX",
    }
)
"""The words of the command Options, by the first version that has them."""
_MODES = frozenset("peer request require once requestposthandshake requireposthandshake".split())
_MOST_PADDING = 16384
_INTEGER = re.compile(r"\s*([-+]?\d+)")


def _groups(value: str, target: Target, build: Library) -> Refusal | None:
    from ...openssl import CipherStringError, expand_groups

    if series(target.openssl) < (1, 0, 2):
        return None
    try:
        expand_groups(value, build)
    except CipherStringError as error:
        start = error.offset or 0
        colon = value.find(":", start)
        return Refusal(str(error), start, colon if colon > start else len(value), rest=_known_groups(value, build))
    return None


def _known_groups(value: str, build: Library) -> str:
    """A list of groups without those that the library refuses."""
    from ...openssl import CipherStringError, expand_groups

    kept: list[str] = []
    for name in value.split(":"):
        try:
            expand_groups(":".join([*kept, name]), build)
        except CipherStringError:
            continue
        kept.append(name)
    return ":".join(kept)


def _one_group(value: str, target: Target, build: Library) -> Refusal | None:
    """ECDHParameters: one group, or the word `Automatic`."""
    if value.lower() in ("automatic", "+automatic"):
        return None
    if ":" in value:
        return Refusal("ECDHParameters takes a single group", 0, len(value))
    return _groups(value, target, build)


def _limit(value: str, _target: Target, _build: Library) -> Refusal | None:
    """MinProtocol and MaxProtocol compare as written, unlike SSLProtocol."""
    if value in _LIMITS:
        return None
    meant = next((one for one in _LIMITS if one.lower() == value.strip().lower()), None)
    why = f"{value.strip()!r} is written {meant}" if meant else f"{value!r} is no protocol version"
    return Refusal(why, 0, len(value), meant or "")


def _versions(value: str, _target: Target, _build: Library) -> Refusal | None:
    return _words(value, _VERSIONS, "a protocol version")


def _options(value: str, target: Target, _build: Library) -> Refusal | None:
    has = {
        word.lower() for since, words in _OPTIONS.items() if series(target.openssl) >= since for word in words.split()
    }
    return _words(value, frozenset(has), f"an option of OpenSSL {target.openssl}")


def _modes(value: str, _target: Target, _build: Library) -> Refusal | None:
    return _words(value, _MODES, "a verify mode")


def _words(value: str, known: frozenset[str], what: str) -> Refusal | None:
    """The first word of a list with commas that is not known; signs and capitals do not matter."""
    offset = 0
    for part in value.split(","):
        word = part.strip()
        if word[1:].lower() not in known if word[:1] in ("+", "-") else word.lower() not in known:
            start = offset + len(part) - len(part.lstrip())
            why = f"{word!r} is not {what}" if word else "the list has an empty element"
            return Refusal(why, start, start + max(len(word), 1))
        offset += len(part) + 1
    return None


def _suites13(value: str, _target: Target, build: Library) -> Refusal | None:
    error = tls13_list(value, build)[1] if build.tls13_default else ""
    return Refusal(error, 0, len(value)) if error else None


def _cipher_string(value: str, target: Target, build: Library) -> Refusal | None:
    effective = handed_over(value, target, build, by_command=True)
    error = evaluated(effective.text, build)[1] if effective is not None else ""
    return Refusal(error, 0, len(value)) if error else None


def _count(value: str, _target: Target, _build: Library) -> Refusal | None:
    """NumTickets: text counts as nought (`atoi`)."""
    return Refusal("a number below nought", 0, len(value)) if leading_number(value) < 0 else None


def _padding(value: str, _target: Target, _build: Library) -> Refusal | None:
    if 0 <= leading_number(value) <= _MOST_PADDING:
        return None
    return Refusal(f"records can be padded to {_MOST_PADDING} bytes at most", 0, len(value))


_PLUS = re.compile(r"(RSA|RSA-PSS|PSS|DSA|ECDSA|[A-Za-z0-9_.-]+)\+([A-Za-z0-9_-]+)")
_SIGNERS = frozenset({"RSA", "RSA-PSS", "PSS", "DSA", "ECDSA"})
_OBJECTS = re.compile(r"rsaEncryption|rsassaPss|RSASSA-PSS|dsaEncryption|id-ecPublicKey|(id-)?gost|sm2", re.IGNORECASE)
"""Names of keys that the library may also know (get_sigorhash in ssl/t1_lib.c)."""


def _signatures(value: str, target: Target, _build: Library) -> Refusal | None:
    """Signature algorithms: what certainly is none. A name that only some library has is let pass."""
    offset = 0
    skips_unknown = series(target.openssl) >= (3, 3, 0)
    seen: set[str | Signature | None] = set()
    for part in value.split(":"):
        word = part.strip()
        why = instead = ""
        pair = _PLUS.fullmatch(word)
        if not word:
            why = "the list has an empty element"
        elif pair is not None and pair.group(1) not in _SIGNERS and pair.group(1).upper() in _SIGNERS:
            instead = f"{pair.group(1).upper()}+{pair.group(2)}"
            why = f"{word!r} is written {instead}"
        elif not _may_be_algorithm(word):
            why = f"{word!r} is no signature algorithm"
        elif seen & {word, signature(word)} and not skips_unknown:
            why = f"{word} is named twice"
        if why and not (skips_unknown and word.startswith("?")):
            return Refusal(why, offset, offset + max(len(part), 1), instead)
        seen |= {word, signature(word) or word}
        offset += len(part) + 1
    return None


def _may_be_algorithm(word: str) -> bool:
    pair = _PLUS.fullmatch(word)
    if pair is not None:
        return pair.group(1) in _SIGNERS or _OBJECTS.match(pair.group(1)) is not None
    return "_" in word or word in ("ed25519", "ed448") or word.startswith("mldsa")


_CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "MinProtocol": _limit,
        "MaxProtocol": _limit,
        "Protocol": _versions,
        "Options": _options,
        "VerifyMode": _modes,
        "Ciphersuites": _suites13,
        "CipherString": _cipher_string,
        "NumTickets": _count,
        "RecordPadding": _padding,
        "SignatureAlgorithms": _signatures,
        "ClientSignatureAlgorithms": _signatures,
    }
)
_GROUP_CHECKS: Mapping[str, Check] = MappingProxyType({"Groups": _groups, "ECDHParameters": _one_group})


def unknown_groups(server: Server) -> Iterator[StartFailure]:
    """Groups that the target's library does not have."""
    return _refused(server, "group-unknown-for-target", _GROUP_CHECKS)


def refused_values(server: Server) -> Iterator[StartFailure]:
    """Other values that the library refuses."""
    return _refused(server, "confcmd-value-refused", _CHECKS)


def _refused(server: Server, kind: str, checks: Mapping[str, Check]) -> Iterator[StartFailure]:
    build = target_library(server.target)
    if build is None:
        return
    for directive, hosts in by_line(_lines(server)):
        for command in commands([directive]):
            check = checks.get(command.name)
            refusal = check(command.value, server.target, build) if check is not None else None
            if refusal is not None:
                yield _failure(kind, directive, command.argument, refusal, hosts)


def _lines(server: Server) -> Iterator[tuple[Directive, VirtualHost]]:
    for host in speaking(server):
        for directive in host.all("sslopensslconfcmd"):
            yield directive, host


def _failure(
    kind: str, directive: Directive, argument: Argument, refusal: Refusal, hosts: list[VirtualHost]
) -> StartFailure:
    server = hosts[0].server
    why = refusal.why[:1].upper() + refusal.why[1:]
    whom = "" if hosts[0].is_main and server.is_fragment else f", set for {listing(hosts)}"
    failure = blame(
        kind,
        Effect.START,
        directive,
        f"{why}{whom}: {outcome(server, 'AH02407')}",
        arguments=(argument,),
        code=numbered(server, "AH02407"),
        label="refused",
        hosts=hosts,
        edits=_edits(directive, argument, refusal),
    )
    return failure.at(part_of(directive, argument, refusal.start, refusal.end))


def _edits(directive: Directive, argument: Argument, refusal: Refusal) -> tuple[Edit, ...]:
    """What mends the value, if it stands in the source as it is."""
    value = argument.value
    start, end, text = refusal.start, refusal.end, refusal.instead
    if refusal.rest:
        start, end, text = 0, len(value), refusal.rest
    elif not text:
        return ()
    span = part_of(directive, argument, start, end)
    written = directive.source.text[span.start : span.end]
    return (Edit(directive.source, span, text),) if written == value[start:end] else ()


def part_of(directive: Directive, argument: Argument, start: int, end: int) -> Span:
    """The place of a part of an argument's value; the whole argument where quotes or variables hide it."""
    word = argument.word
    quotes = 2 * len(word.quote) if word.closed else len(word.quote)
    if word.end - word.start != len(word.value) + quotes:
        return argument.span
    offset = word.start + len(word.quote)
    return directive.place(offset + start, offset + min(end, len(word.value)))


FINDERS = {"group-unknown-for-target": unknown_groups, "confcmd-value-refused": refused_values}
"""The finders of this module, by kind."""
