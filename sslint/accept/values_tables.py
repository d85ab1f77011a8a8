"""Directives whose words are of a fixed set, or numbers within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import leading_number
from .values_base import Checker, Problems, Use, atoi, listed, until_empty

_YES = {"yes": "on", "true": "on", "enable": "on", "enabled": "on", "no": "off", "false": "off",
        "disable": "off", "disabled": "off"}  # fmt: skip
"""Words that people write for on and off."""


def switch_replacement(word: str) -> str | None:
    """`on` or `off` for a word that plainly means it."""
    return _YES.get(word.lower())


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that a handler takes; with `every`, all words are looked at, else the first only."""

    words: tuple[str, ...]
    every: bool = False
    any_case: bool = True

    def __call__(self, use: Use) -> Problems:
        known = {word.lower() if self.any_case else word for word in self.words}
        for index, word in until_empty(use.words if self.every else use.words[:1]):
            if (word.lower() if self.any_case else word) in known:
                continue
            replacement = None
            if {"on", "off"} <= known:
                replacement = switch_replacement(word)
            elif not self.any_case and word.lower() in known:
                replacement = word.lower()
            yield use.at(index, f"must be {listed(self.words)}, not {word!r}", replacement)


def _choices() -> Iterator[tuple[str, Choice]]:
    for text in _CHOICES.strip().split("\n"):
        name, *words = text.split()
        yield name.rstrip("*"), Choice(tuple(words), every=name.endswith("*"))


_CHOICES = """
acceptpathinfo on off default
allowencodedslashes on off nodecode
authbasicusedigestalgorithm md5 off
authdigestalgorithm md5
authdigestqop* auth
authmerging off and or
brotlialteretag AddSuffix NoChange Remove
charsetoptions* ImplicitAdd NoImplicitAdd TranslateAllMimeTypes NoTranslateAllMimeTypes
cookiesamesite Strict Lax None
cookiestyle Netscape Cookie Cookie2 RFC2109 RFC2965
deflatealteretag AddSuffix NoChange Remove
enablemmap on off
enablesendfile on off
extfilteroptions* LogStderr NoLogStderr Onfail=abort Onfail=remove
forcelanguagepriority* None Prefer Fallback
h2copyfiles on off
h2direct on off
h2earlyhints on off
h2moderntlsonly on off
h2outputbuffering on off
h2proxyrequests on off
h2push on off
h2upgrade on off
h2websockets on off
hostnamelookups on off double
httpprotocoloptions* Unsafe Strict RegisteredMethods LenientMethods Require1.0 Allow0.9
ldapreferrals on off default
ldaptrustedmode NONE SSL TLS STARTTLS
luacodecache never stat forever
luainherit none parent-first parent-last
mdbaseserver on off
mdcertificatestatus on off
mddrivemode always auto manual
mdmatchnames all servernames
mdmuststaple on off
mdprofilemandatory on off
mdrenewmode always auto manual
mdrenewviaari on off
mdrequirehttps off temporary permanent
mdserverstatus on off
mdstapleothers on off
mdstapling on off
multiviewsmatch* Any NegotiatedOnly Filters Handlers
order allow,deny deny,allow mutual-failure
protocolshonororder on off
proxybadheader IsError Ignore StartBody
proxyfcgibackendtype GENERIC FPM
proxystatus on off full
proxyvia on off full block
satisfy any all
serversignature on off email
sslengine on off optional
sslproxyverify none optional require optional_no_ca on off
sslverifyclient none optional require optional_no_ca on off
sslvhostsnipolicy strict secure authonly insecure
traceenable on off extended
usecanonicalname on off dns
usecanonicalphysicalport on off
xbithack on off full
"""
"""Measured on 2.4.71, all of them in any case; `*` means that every word is looked at."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number read the way `atoi` does, so that a text counts as 0. Bounds are inclusive.

    `allowed` are values outside the bounds that are fine, `words` texts that stand for a number.
    """

    minimum: int
    maximum: int | None = None
    allowed: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()

    def __call__(self, use: Use) -> Problems:
        word = use.word(0)
        value = atoi(word)
        if not word or value is None or value in self.allowed or word.lower() in self.words:
            return
        if value < self.minimum or (self.maximum is not None and value > self.maximum):
            yield use.at(0, f"must be {self.range()}, not {word!r}")

    def range(self) -> str:
        """The bounds in words."""
        if self.maximum is None:
            return f"a number of at least {self.minimum}"
        return f"a number from {self.minimum} to {self.maximum}"


@dataclass(frozen=True, slots=True)
class Strict:
    """A number of which every character must be a digit (after a sign, if `signed`)."""

    minimum: int | None = None
    maximum: int | None = None
    signed: bool = True

    def __call__(self, use: Use) -> Problems:
        word = use.word(0)
        if not re.fullmatch(r"\s*[+-]?\d+" if self.signed else r"\d+", word):
            if word:
                yield use.at(0, f"must be a whole number without anything after it, not {word!r}")
        elif (self.minimum is not None and leading_number(word) < self.minimum) or (
            self.maximum is not None and leading_number(word) > self.maximum
        ):
            bound = f"at least {self.minimum}" if self.maximum is None else f"{self.minimum} to {self.maximum}"
            yield use.at(0, f"must be {bound}, not {word!r}")


_INTERVAL = re.compile(r"\s*[+-]?\d*(?:|[sh].*|m[si].*)\Z", re.DOTALL)
_DURATION = re.compile(r"\s*[+-]?\d*(?:|[dshu].*|m[si].*)\Z", re.IGNORECASE | re.DOTALL)


def is_interval(text: str) -> bool:
    """Whether `util.c:ap_timeout_parameter_parse` takes it: digits and `s`, `ms`, `mi…`, `h` or nothing."""
    return bool(_INTERVAL.match(text))


def interval(use: Use) -> Problems:
    """A time such as `5`, `5s`, `100ms`, `2min` or `1h`, not negative."""
    word = use.word(0)
    found = _INTERVAL.match(word)
    if word and found is None:
        yield use.at(0, f"must be a time such as 5, 500ms, 30s, 2min or 1h, not {word!r}")
    elif found is not None and (atoi(word) or 0) < 0 and use.since("2.4") and use.name not in _MAY_BE_NEGATIVE:
        yield use.at(0, "the time must not be negative")


_MAY_BE_NEGATIVE = {"ldapconnectionpoolttl"}


def duration(use: Use) -> Problems:
    """A time of mod_md: as `interval`, or days (`md_time.c:md_duration_parse`)."""
    word = use.word(0)
    if word and not _DURATION.match(word):
        yield use.at(0, f"must be a time such as 5, 30s, 2mi, 1h or 7d, not {word!r}")


def window(use: Use) -> Problems:
    """A time of mod_md, or a percentage."""
    if not re.match(r"\s*\d*%", use.word(0)):
        yield from duration(use)


def duration_or_switch(use: Use) -> Problems:
    """`on`, `off` or a time (`mod_md_config.c:md_config_set_store_locks`)."""
    if use.word(0).lower() not in ("on", "off"):
        yield from duration(use)


_BUFFER = Number(512, None, frozenset({0}))
_RANGES = Number(1, None, words=frozenset({"none", "default", "unlimited"}))


def _each(names: str, checker: Checker) -> dict[str, Checker]:
    return dict.fromkeys(names.split(), checker)


_NUMBERS: dict[str, Checker] = {
    "brotlicompressionmaxinputblock": Number(16, 24),
    "brotlicompressionquality": Number(0, 11),
    "brotlicompressionwindow": Number(10, 24),
    "cachesocachemaxsize": Number(1024),
    "deflatecompressionlevel": Number(1, 9),
    "deflatememlevel": Number(1, 9),
    "deflatewindowsize": Number(1, 15),
    "h2streammaxmemsize": Number(1024),
    "h2windowsize": Number(1024),
    "heartbeatmaxservers": Number(10, None, frozenset({0})),
    "mdstorelocks": duration_or_switch,
    "authdigestnoncelifetime": Strict(),
    "deflateinflatelimitrequestbody": Strict(0),
    "flushmaxpipelined": Strict(-1, 2**31 - 1),
    "flushmaxthreshold": Strict(0, 2**32 - 1),
    "keptbodysize": Strict(0),
    "ldaptimeout": Strict(0),
    "limitrequestbody": Strict(0),
    "proxyhtmlbufsize": Strict(),
    "readbuffersize": Strict(0, 2**32 - 1),
    **_each("cachedirlength cachedirlevels", Number(1, 20)),
    **_each("maxranges maxrangeoverlaps maxrangereversals", _RANGES),
    **_each("proxyreceivebuffersize proxyiobuffersize sendbuffersize receivebuffersize", _BUFFER),
    **_each("dbdmax dbdmin dbdkeep dbdexptime", Strict(signed=False)),
    **_each(
        "cgidscripttimeout cgiscripttimeout h2maxworkeridleseconds h2streamtimeout keepalivetimeout "
        "ldapconnectionpoolttl ldapretrydelay memcacheconnttl redistimeout redisconnpoolttl watchdoginterval",
        interval,
    ),
    **_each("mdactivationdelay mdcheckinterval mdinitialdelay mdretrydelay", duration),
    **_each("mdrenewwindow mdwarnwindow mdstaplingkeepresponse mdstaplingrenewwindow", window),
    **_each(
        "cachelockmaxage deflatebuffersize deflateinflateratioburst deflateinflateratiolimit h2maxsessionstreams "
        "h2maxworkers h2minworkers ldapreferralhoplimit listenbacklog listencoresbucketsratio listentcpdeferaccept "
        "mdretryfailover proxytimeout",
        Number(1),
    ),
    **_each(
        "limitrequestfields limitrequestfieldsize limitrequestline limitxmlrequestbody sslverifydepth "
        "sslproxyverifydepth sslsessioncachetimeout sslrenegbuffersize sslocspresponsetimeskew sslocspresponsemaxage "
        "sslocsprespondertimeout sslstaplingresponsetimeskew sslstaplingresponsemaxage "
        "sslstaplingstandardcachetimeout sslstaplingerrorcachetimeout sslstaplingrespondertimeout maxmemfree "
        "threadstacksize cachemaxfilesize cachereadsize cachereadtime sessionexpiryupdateinterval h2maxdataframelen "
        "davmintimeout proxyhctpsize",
        Number(0),
    ),
}

CHECKERS: dict[str, Checker] = {
    **dict(_choices()),
    **_NUMBERS,
    "luascope": Choice(("once", "request", "conn", "thread", "server"), any_case=False),
}
