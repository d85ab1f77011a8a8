"""Values of mod_ssl directives (`modules/ssl/ssl_engine_config.c`)."""

from __future__ import annotations

import re

from ..text import leading_number, number_of
from .values_base import Checker, Problems, Use, atoi, condition, listed

_PROTOCOLS = ["all", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
_PROTOCOL_SPELLINGS = {
    "tlsv1.0": "TLSv1", "tls1": "TLSv1", "tls1.0": "TLSv1", "tls1.1": "TLSv1.1", "tls1.2": "TLSv1.2",
    "tls1.3": "TLSv1.3", "tlsv12": "TLSv1.2", "tlsv13": "TLSv1.3", "tlsv11": "TLSv1.1",
}  # fmt: skip


def protocol(use: Use) -> Problems:
    """`ssl_cmd_protocol_parse`: the first wrong word ends it."""
    known = {name.lower() for name in _PROTOCOLS}
    for index, word in enumerate(use.words):
        sign = word[:1] if word[:1] in ("+", "-") else ""
        name = word[len(sign) :].lower()
        without = f"-{word[len(sign) :]}" if sign or not index else None
        if name == "sslv2":
            if sign != "-":
                yield use.at(index, "SSLv2 is no longer supported", without)
                return
        elif name == "sslv3":
            if sign != "-" and not use.target.has_sslv3 and use.since("2.4.17"):
                yield use.at(index, "this build of OpenSSL has no SSLv3", without)
                return
        elif name not in known:
            spelled = _PROTOCOL_SPELLINGS.get(name)
            message = f"illegal protocol: use {listed(_PROTOCOLS)}"
            yield use.at(index, message, sign + spelled if spelled else None)
            return


def cipher_suite(use: Use) -> Problems:
    """`ssl_cmd_SSLCipherSuite`: of two words the first is `SSL` or `TLSv1.3`, in exactly that case."""
    if len(use.words) != 2 or not use.words[1] or not use.since("2.4.36"):
        return
    kind = use.words[0]
    if kind not in ("SSL", "TLSv1.3"):
        spelled = {"ssl": "SSL", "tlsv1.3": "TLSv1.3"}.get(kind.lower())
        yield use.at(0, f"protocol {kind!r} not supported: of two words the first must be SSL or TLSv1.3", spelled)
    elif kind == "TLSv1.3" and use.name == "sslciphersuite" and use.place not in ("server", "vhost"):
        yield use.at(0, "TLSv1.3 ciphers cannot be set inside a directory context")


_OPTIONS = "StdEnvVars ExportCertData FakeBasicAuth StrictRequire OptRenegotiate LegacyDNStringFormat".split()


def ssl_options(use: Use) -> Problems:
    """`ssl_cmd_SSLOptions`: known words, each with or without a sign."""
    known = {name.lower() for name in _OPTIONS}
    for index, word in enumerate(use.words):
        if word.lstrip("+-" if word[:1] in ("+", "-") else "").lower() not in known:
            yield use.at(index, f"illegal option: use {listed(_OPTIONS)}")
            return


def require(use: Use) -> Problems:
    """`ssl_cmd_SSLRequire`: the rest of the line is a condition."""
    if use.since("2.4.0"):
        yield from condition(use, use.raw.strip(), None, len(use.raw) - len(use.raw.lstrip()))


COMMANDS = (
    "SignatureAlgorithms ClientSignatureAlgorithms Curves Groups ECDHParameters CipherString Ciphersuites Protocol "
    "MinProtocol MaxProtocol Options VerifyMode Certificate PrivateKey ServerInfoFile ChainCAPath ChainCAFile "
    "VerifyCAPath VerifyCAFile RequestCAFile ClientCAFile RequestCAPath ClientCAPath DHParameters RecordPadding "
    "NumTickets ChainCAStore VerifyCAStore RequestCAStore ClientCAStore "
    "TxCertificateCompression RxCertificateCompression KTLS PreferNoDHEKEX"
).split()
"""Names of `SSL_CONF_cmd` in files, up to OpenSSL 3.5."""


def conf_cmd(use: Use) -> Problems:
    """`ssl_cmd_SSLOpenSSLConfCmd`: a name that `SSL_CONF_cmd_value_type` knows, in any case."""
    name = use.word(0)
    if name and name.lower() not in {command.lower() for command in COMMANDS}:
        yield use.at(0, f"{name!r} is no OpenSSL configuration command")


_SESSION_CACHES = {"shmcb", "dbm", "memcache", "redis", "default", "dc"}
_CACHE_ARGUMENT = re.compile(r"[^(]*\((.*)\Z", re.DOTALL)


def cache(use: Use) -> Problems:
    """`ssl_cmd_SSLSessionCache` and the size in `mod_socache_shmcb.c:socache_shmcb_create`."""
    word = use.word(0)
    if not word or (use.name == "sslsessioncache" and word.lower() in ("none", "nonenotnull")):
        return
    kind, colon, argument = word.partition(":")
    if kind not in _SESSION_CACHES:
        likely = kind.lower() in (*_SESSION_CACHES, "shm", "shmht", "none", "builtin") or use.modules is not None
        if likely and kind.lower() != "distcache":
            yield use.within(0, 0, len(kind), f"{kind!r} cache not supported: write shmcb:, dbm:, memcache: or redis:")
        return
    if kind == "memcache" and not argument and colon:
        yield use.at(0, "memcache needs a list of servers")
    if kind == "shmcb":
        yield from _shmcb(use, argument, len(kind) + 1)


def _shmcb(use: Use, argument: str, skip: int) -> Problems:
    found = _CACHE_ARGUMENT.match(argument)
    if found is None:
        return
    size = found.group(1)
    start = skip + found.start(1)
    end = start + len(size)
    if not size.endswith(")") or ")" in size[:-1] or size == ")":
        yield use.within(0, start, end, "no closing parenthesis after the cache size, or no size")
    elif number_of(size[:-1]) is None:
        if not re.fullmatch(r"\s*\+?\d+", size[:-1]):
            yield use.within(0, start, end, "the cache size is not a number")
    elif leading_number(size) < 8192:
        yield use.within(0, start, end, "the cache size must be at least 8192 bytes")
    elif leading_number(size) >= 2**32:
        yield use.within(0, start, end, "the cache size is too large")


def random_seed(use: Use) -> Problems:
    """`ssl_cmd_SSLRandomSeed`: when, from where, and how many bytes."""
    if len(use.words) < 2:
        return
    if use.words[0].lower() not in ("startup", "connect"):
        yield use.at(0, "must be startup or connect")
    elif use.words[1].lower() == "builtin" and len(use.words) == 3:
        yield use.at(2, "a number of bytes is not allowed for the builtin source")
    elif len(use.words) == 3:
        value = atoi(use.words[2])
        if value is not None and value < 0:
            yield use.at(2, "invalid number of bytes")


def pass_phrase_dialog(use: Use) -> Problems:
    """`ssl_cmd_SSLPassPhraseDialog`: builtin, `exec:program` or `|program`."""
    word = use.word(0)
    if not word or word.lower() == "builtin":
        return
    if not ((len(word) > 5 and word.startswith("exec:")) or (len(word) > 1 and word[0] == "|")):
        yield use.at(0, "must be builtin, exec:/path or |/path")


def revocation_check(use: Use) -> Problems:
    """`ssl_cmd_crlcheck_parse` and `ssl_cmd_ocspcheck_parse`: a mode, then flags."""
    if not use.since("2.4.34" if use.name == "sslocspenable" else "2.4.21"):
        return
    modes, flag = (["off", "leaf", "on"], "no_ocsp_for_cert_ok")
    if use.name != "sslocspenable":
        modes, flag = ["none", "leaf", "chain"], "no_crl_for_cert_ok"
    if not use.words:
        yield use.whole(f"an argument is missing: {listed(modes)}")
    elif use.words[0].lower() not in modes:
        yield use.at(0, f"must be {listed(modes)}")
    else:
        for index, word in enumerate(use.words[1:], 1):
            if word.lower() != flag:
                yield use.at(index, f"invalid argument: only {flag} may follow")
                return


CHECKERS: dict[str, Checker] = {
    "sslprotocol": protocol,
    "sslproxyprotocol": protocol,
    "sslciphersuite": cipher_suite,
    "sslproxyciphersuite": cipher_suite,
    "ssloptions": ssl_options,
    "sslrequire": require,
    "sslopensslconfcmd": conf_cmd,
    "sslsessioncache": cache,
    "sslstaplingcache": cache,
    "sslrandomseed": random_seed,
    "sslpassphrasedialog": pass_phrase_dialog,
    "sslcarevocationcheck": revocation_check,
    "sslproxycarevocationcheck": revocation_check,
    "sslocspenable": revocation_check,
}
