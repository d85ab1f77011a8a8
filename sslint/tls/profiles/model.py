"""What a profile is: requirements on what a host offers, and rules that it selects."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ...diagnostic import Severity
    from ...openssl import Suite

Option = bool | int | str | tuple[str, ...]
FAMILY = ("profile-protocol", "profile-cipher", "profile-key-exchange", "profile-certificate", "profile-session",
          "profile-transport")  # fmt: skip
"""The rules that judge requirements; every profile selects them."""


class Level(enum.Enum):
    """How much a profile insists."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    """It is allowed, or left to the reader: nothing to judge."""


class Basis(enum.Enum):
    """Where a requirement was read."""

    PRIMARY = "primary"
    """In the publisher's own text."""
    TRANSCRIPTION = "transcription"
    """In somebody's machine-readable copy."""
    SECONDARY = "secondary"
    """In what others report or quote."""
    RECALL = "recall"
    """Nowhere: it was written down from memory and never verified."""


class Pattern(NamedTuple):
    """Suites by what they are made of; each part that is given must fit.

    The words are in capitals. Of `kx`, `ECDHE` and `DHE` are ephemeral, `RSA`, `DH/RSA`, `ECDH/ECDSA` … are
    not. `enc` has a cipher, with its key length, its mode, or both: `AES`, `AES256`, `AESGCM`, `AES256GCM`;
    `NONE` is none, as it is for `au`. `mode` is `CBC`, `GCM`, `CCM`, `CCM8` or `STREAM`.
    """

    kx: tuple[str, ...] = ()
    au: tuple[str, ...] = ()
    enc: tuple[str, ...] = ()
    mac: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    bits_below: int = 0
    export: bool = False

    def fits(self, suite: Suite) -> bool:
        """Whether a suite is one of them."""
        family, mode = _cipher(suite)
        names = {family, f"{family}{suite.alg_bits}", family + mode, f"{family}{suite.alg_bits}{mode}"}
        return (
            (not self.kx or _exchange(suite) in self.kx)
            and (not self.au or suite.au.upper() in self.au)
            and (not self.enc or not names.isdisjoint(self.enc))
            and (not self.mac or suite.mac.upper() in self.mac)
            and (not self.mode or mode in self.mode)
            and (not self.bits_below or _strength(suite) < self.bits_below)
            and (not self.export or suite.export)
        )

    @property
    def title(self) -> str:
        """What people call them."""
        parts = [
            _either(self.enc).replace("NONE", "NULL encryption"),
            f"{_either(self.mode)} mode" if self.mode else "",
            f"{_either(self.kx)} key exchange" if self.kx else "",
            f"{_either(self.au)} authentication".replace("NONE", "anonymous") if self.au else "",
            f"{_either(self.mac)} integrity" if self.mac else "",
            f"below {self.bits_below} bits" if self.bits_below else "",
            "export grade" if self.export else "",
        ]
        return ", ".join(part for part in parts if part)


def _either(words: tuple[str, ...]) -> str:
    """`A, B or C`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


_MODES = ("GCM", "CCM8", "CCM")


def _exchange(suite: Suite) -> str:
    """How keys are agreed on: `ECDHE`, `DHE`, `RSA`, `DH/RSA` …; `ANY` in TLS 1.3."""
    return {"ECDH": "ECDHE", "DH": "DHE"}.get(suite.key_exchange, suite.key_exchange.upper())


def _cipher(suite: Suite) -> tuple[str, str]:
    """The cipher without its mode, and the mode."""
    name = suite.cipher.upper().partition("/")[0]
    for mode in _MODES:
        if name.endswith(mode):
            return name.removesuffix(mode), mode
    if suite.cipher == "None":
        return "NONE", ""
    return name, "CBC" if suite.cbc else "STREAM"


def _strength(suite: Suite) -> int:
    """Its strength in bits; a short tag takes nothing from it."""
    return suite.alg_bits if suite.cipher.startswith("AESCCM8") else suite.strength_bits


Item = str | Pattern
"""One thing that is listed: a name, or suites by what they are made of."""


class Mixed(NamedTuple):
    """What may be there, must be there and must not: names of versions, suites, groups …, suites by patterns too.

    `only` is None where nothing is said of the rest. `require` means all of it, `any` at least one.
    """

    only: tuple[Item, ...] | None = None
    require: tuple[Item, ...] = ()
    any: tuple[Item, ...] = ()
    forbid: tuple[Item, ...] = ()


class Bound(NamedTuple):
    """A number's bounds."""

    least: int | None = None
    most: int | None = None


Ask = Mixed | Bound | bool | str


class Requirement(NamedTuple):
    """One thing that a profile asks for, with the section that does.

    `since` and `until` are dates from and up to which it holds, empty for always.
    """

    subject: str
    ask: Ask
    level: Level
    section: str
    basis: Basis
    note: str = ""
    tags: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    @property
    def verified(self) -> bool:
        """Whether somebody read it in the text, a copy or a report."""
        return self.basis is not Basis.RECALL


class Selected(NamedTuple):
    """A rule that a profile asks for, with the section that does."""

    rule: str
    section: str
    basis: Basis
    severity: Severity | None = None
    options: Mapping[str, Option] = MappingProxyType({})
    note: str = ""
    tags: tuple[str, ...] = ()


class Profile(NamedTuple):
    """One edition of a policy. It is never changed once it ships: a correction is a new edition."""

    name: str
    edition: str
    title: str
    publisher: str
    released: str
    source: str
    requirements: tuple[Requirement, ...] = ()
    rules: tuple[Selected, ...] = ()
    note: str = ""
    partial: bool = False
    """Whether only parts of the edition were read."""

    @property
    def label(self) -> str:
        """`mozilla-modern@6.0`."""
        return f"{self.name}@{self.edition}"

    @property
    def slugs(self) -> tuple[str, ...]:
        """The rules that it needs: those that it selects, and those that judge its requirements."""
        return tuple(dict.fromkeys((*(FAMILY if self.requirements else ()), *(one.rule for one in self.rules))))

    def cite(self, section: str) -> str:
        """`CIS Apache HTTP Server 2.4 Benchmark 2.3.0, 7.4`."""
        return f"{self.title}, edition {self.edition}, {_sectioned(section)}"

    def tag(self, section: str) -> str:
        """The same for programs: `cis-apache-2.4@2.3.0:7.4`."""
        return f"{self.label}:{section}"


def _sectioned(section: str) -> str:
    return f"section {section}" if section[:1].isdigit() else section


class Ruling(NamedTuple):
    """One way in which the chosen profiles set a rule, and what its findings then say of who asks."""

    options: Mapping[str, Option] = MappingProxyType({})
    severity: Severity | None = None
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def rulings(
    profiles: Sequence[Profile], slug: str, options: Mapping[str, Option], severity: Severity | None
) -> list[Ruling]:
    """The ways in which profiles set a rule, one where none does; what the user decided wins over all of them."""
    found: dict[object, Ruling] = {}
    for profile in profiles:
        for one in profile.rules:
            if one.rule != slug:
                continue
            wanted = {**one.options, **{name: options[name] for name in one.options if name in options}}
            level = severity or one.severity
            key = (tuple(sorted(wanted.items())), level)
            before = found.get(key, Ruling(wanted, level))
            found[key] = before._replace(
                notes=(*before.notes, _asked(profile, one)),
                tags=(*before.tags, profile.tag(one.section), *one.tags),
            )
    return list(found.values()) or [Ruling(severity=severity)]


def _asked(profile: Profile, one: Selected) -> str:
    recalled = " (recalled, never verified against the text)" if one.basis is Basis.RECALL else ""
    note = f": {one.note}" if one.note else ""
    return f"Asked for by {profile.cite(one.section)}{recalled}{note}."
