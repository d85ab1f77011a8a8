"""The lists beside the cipher string: TLS 1.3 suites and groups."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from .dialect import number
from .errors import CipherStringError
from .suite import Suite
from .tables import DEFAULT_SERIES, Library, library, read

_BLANKS = " \t\n\v\f\r"

SAME_GROUP: Mapping[str, str] = MappingProxyType(
    {
        "prime256v1": "P-256", "secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521",
        "secp224r1": "P-224", "prime192v1": "P-192", "secp192r1": "P-192", "sect163r2": "B-163", "sect233r1": "B-233",
        "sect283r1": "B-283", "sect409r1": "B-409", "sect571r1": "B-571", "sect163k1": "K-163",
        "sect233k1": "K-233", "sect283k1": "K-283", "sect409k1": "K-409", "sect571k1": "K-571",
        "x25519": "X25519", "x448": "X448",
    }
)  # fmt: skip
"""Other names of one curve (RFC 8422, FIPS 186-4 D.1.2)."""


def tls13_suites(openssl: Library | str = DEFAULT_SERIES) -> Mapping[str, Suite]:
    """All TLS 1.3 suites that a library can be told to use, by name; none before 1.1.1.

    Those that it uses by default are `Library.tls13_default`. RFC 8446 B.4; RFC 9150 for the two
    without encryption.
    """
    return _suites(_library(openssl).series)


def expand_ciphersuites(text: str, openssl: Library | str = DEFAULT_SERIES) -> tuple[str, ...]:
    """The TLS 1.3 suites that `SSL_CTX_set_ciphersuites` makes of a list, in order.

    The list has IANA names, colons and blanks around them, no operators. An empty list is accepted
    and leaves no suite, as do names of TLS 1.2 suites up to 3.5. Raises CipherStringError, always
    `no-match`, where the call fails: in 1.1.1 for any element that is not a name, later when
    nothing is left. set_ciphersuites and ciphersuite_cb in ssl/ssl_ciph.c.
    """
    known = _library(openssl)
    dialect = known.dialect
    if not known.tls13_default:
        raise CipherStringError("no-match", f"OpenSSL {known.series} has no TLS 1.3")
    ours = {dialect.fold(name): name for name in tls13_suites(known)}
    others = set() if dialect.ignores_case else {suite.iana for suite in known.suites}
    found, accepted = [], not text
    for offset, name in _elements(text) if text else ():
        ours_name = ours.get(dialect.fold(name))
        if ours_name is not None:
            found.append(ours_name)
        elif name not in others and known.series == "1.1.1":
            raise CipherStringError("no-match", f"not a TLS 1.3 cipher suite: {name!r}", offset)
        accepted |= ours_name is not None or name in others
    if not accepted:
        raise CipherStringError("no-match", "the list names no TLS 1.3 cipher suite", 0)
    return tuple(dict.fromkeys(found)) if number(known.series) >= (4,) else tuple(found)


def group_names(openssl: Library | str = DEFAULT_SERIES) -> tuple[str, ...]:
    """The names of groups that a library accepts, aliases included; none before 1.0.2."""
    known = _library(openssl)
    return tuple(name for name, places in _groups().items() if _has(known, places))


def default_groups(openssl: Library | str = DEFAULT_SERIES) -> tuple[str, ...]:
    """The groups in use when none are set, in the library's order of preference; empty before 1.1.0.

    httpd with OpenSSL 1.0.2 takes the built-in curves of 256 bits and more, with 1.0.1 and older P-256 only.
    """
    return _offers().get(_library(openssl).series, ())


def expand_groups(text: str, openssl: Library | str = DEFAULT_SERIES) -> tuple[str, ...]:
    """The groups that `SSL_CTX_set1_groups_list` makes of a list, in order, each by its shortest usual name.

    This is what `SSLOpenSSLConfCmd Groups` (or `Curves`) does. Separator is the colon; `?` skips
    an unknown name since 3.3; tuples (`/`), key share marks (`*`), removal (`-`) and `DEFAULT`
    came with 3.5. Raises CipherStringError (`invalid-command`) where the call fails; httpd then
    does not start. tls1_set_groups_list in ssl/t1_lib.c.
    """
    known = _library(openssl)
    version = number(known.series)
    if not text and version >= (3, 5):
        return ()
    names = {_key(name, version): SAME_GROUP.get(name, name) for name in group_names(known)}
    chosen: list[str] = []
    for offset, element in _elements(text):
        parts = element.split("/") if version >= (3, 5) else [element]
        for part in parts:
            _group(part, offset, names, known, chosen)
    if not chosen:
        raise CipherStringError("invalid-command", "the list names no group that this library has", 0)
    return tuple(chosen)


def _group(part: str, offset: int, names: Mapping[str, str], known: Library, chosen: list[str]) -> None:
    """Take in one name with its marks."""
    version = number(known.series)
    marks = "?*-" if version >= (3, 5) else "?" if version >= (3, 3) else ""
    bare = part.lstrip(marks) if marks else part
    prefix = part[: len(part) - len(bare)]
    if version >= (3, 5) and bare == "DEFAULT":
        chosen.extend(name for name in default_groups(known) if name not in chosen)
        return
    name = names.get(_key(bare, version))
    if name is None and bare and "?" in prefix:
        return
    if name is None:
        raise CipherStringError("invalid-command", f"not a group of OpenSSL {known.series}: {part!r}", offset)
    if "-" in prefix:
        chosen[:] = [other for other in chosen if other != name]
    elif name not in chosen:
        chosen.append(name)
    elif version < (3, 3):
        raise CipherStringError("invalid-command", f"the group {bare} is named twice", offset)


def _key(name: str, version: tuple[int, ...]) -> str:
    return name.lower() if version >= (3,) else name


def _elements(text: str) -> list[tuple[int, str]]:
    """What CONF_parse_list makes of a list: offset and text of each element, blanks around it removed."""
    found, offset = [], 0
    for part in text.partition("\0")[0].split(":"):
        found.append((offset + len(part) - len(part.lstrip(_BLANKS)), part.strip(_BLANKS)))
        offset += len(part) + 1
    return found


def _library(openssl: Library | str) -> Library:
    return openssl if isinstance(openssl, Library) else library(openssl)


def _has(known: Library, places: tuple[str, ...]) -> bool:
    return known.series in places and f"!{known.name}" not in places


@functools.cache
def _suites(series: str) -> Mapping[str, Suite]:
    rows = [row.split("\t")[1:] for row in read("lists.txt") if row.startswith("suite\t")]
    found = (_suite(name, code, enc, bits) for name, code, enc, bits, places in rows if series in places.split())
    return MappingProxyType({suite.name: suite for suite in found})


def _suite(name: str, code: str, enc: str, bits: str) -> Suite:
    mac = name.rpartition("_")[2] if enc == "None" else "AEAD"
    return Suite(name, name, code, "TLSv1.3", "any", "any", enc, mac, int(bits), _key_length(enc), False, ())


def _key_length(enc: str) -> int:
    return int(enc.partition("(")[2].rstrip(")") or 0)


@functools.cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    rows = [row.split("\t") for row in read("lists.txt") if row.startswith("group\t")]
    return {name: tuple(places.split()) for _, name, places in rows}


@functools.cache
def _offers() -> Mapping[str, tuple[str, ...]]:
    rows = [row.split("\t") for row in read("lists.txt") if row.startswith("offer\t")]
    return {series: tuple(names.split()) for _, series, names in rows}
