"""What a cipher string selects, and what each of its elements does."""

from __future__ import annotations

from typing import NamedTuple

from .errors import CipherStringError
from .parse import Operator, Rule, parse
from .suite import Suite
from .tables import DEFAULT_SERIES, Library, library
from .vocabulary import Vocabulary

_DEFAULT = "DEFAULT"
_SYSTEM = "PROFILE=SYSTEM"
_SUITE_B = {
    "SUITEB128ONLY": "ECDHE-ECDSA-AES128-GCM-SHA256",
    "SUITEB128C2": "ECDHE-ECDSA-AES256-GCM-SHA384",
    "SUITEB128": "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384",
    "SUITEB192": "ECDHE-ECDSA-AES256-GCM-SHA384",
}
"""check_suiteb_cipher_list in ssl/ssl_ciph.c (RFC 6460); the first that the string begins with counts."""


class Element(NamedTuple):
    """One element of a cipher string and its effect.

    `start` and `end` are offsets into the string. `operator` is empty for an add. `words` are as
    written; `DEFAULT`, `PROFILE=SYSTEM` and `SUITEB…` at the start count as one element. An element
    that is not `recognised` is ignored by OpenSSL: it has an `unknown` word, or words that exclude
    each other. `suites` are all that it selects, active or not; `added`, `removed` and `moved` those
    whose place in the list changed. `level` is that of `@SECLEVEL`.
    """

    start: int
    end: int
    operator: Operator
    words: tuple[str, ...]
    recognised: bool = True
    unknown: str | None = None
    suites: tuple[Suite, ...] = ()
    added: tuple[Suite, ...] = ()
    removed: tuple[Suite, ...] = ()
    moved: tuple[Suite, ...] = ()
    level: int | None = None


class CipherList(NamedTuple):
    """The suites of TLS 1.2 and older that a string leaves, in order.

    `security_level` is what the string sets, None when it sets none. `suite_b` tells that the
    string also restricts curves and signatures (RFC 6460).
    """

    library: Library
    suites: tuple[Suite, ...]
    security_level: int | None
    elements: tuple[Element, ...]
    suite_b: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The OpenSSL names, SSLv2's suites as `NAME@SSLv2`."""
        return tuple(suite.name for suite in self.suites)

    @property
    def effective_level(self) -> int | None:
        """The level in force if nothing but the string and the build decide; None before 1.1.0."""
        return self.library.default_security_level if self.security_level is None else self.security_level

    def origin(self, suite: Suite) -> Element | None:
        """The element that brought a suite into the list; None if it is not in the list."""
        if suite not in self.suites:
            return None
        return next((e for e in reversed(self.elements) if suite in e.added), None)


class _State:
    """The list that rules act on (ssl_cipher_apply_rule): suites as bits in order, and which are active."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.order = [1 << index for index in range(len(vocabulary.suites))]
        self.alive = vocabulary.all
        self.active = 0
        self.level: int | None = None

    def suites(self, bits: int) -> tuple[Suite, ...]:
        """A set in the order of the list; suites that were killed are not in it."""
        known = self.vocabulary.suites
        bits &= self.alive
        if not bits & (bits - 1):
            return (known[bits.bit_length() - 1],) if bits else ()
        return tuple([known[bit.bit_length() - 1] for bit in self.order if bit & bits])

    def apply(self, rule: Rule) -> Element:
        """Do what a rule says, and tell what changed."""
        selection = rule.selection & self.alive
        if self.vocabulary.dialect.spares_last_suite and len(self.order) < 2:
            selection = 0
        chosen, waiting = selection & self.active, selection & ~self.active
        selected = self.suites(selection)
        added = () if rule.operator else selected if waiting == selection else self.suites(waiting)
        removed = self.suites(chosen) if rule.operator in {"-", "!"} else ()
        moved = self.suites(chosen) if rule.operator == "+" else ()
        if rule.operator == "@":
            moved = self._command(rule)
        elif rule.operator == "!":
            self._kill(selection)
        elif rule.operator == "-":
            self._delete(chosen)
        elif rule.operator == "+":
            self._to_end(chosen)
        else:
            self._to_end(waiting)
            self.active |= waiting
        return Element(
            rule.start, rule.end, rule.operator, rule.words, rule.recognised, rule.unknown,
            selected, added, removed, moved, rule.level,
        )  # fmt: skip

    def remaining(self) -> tuple[Suite, ...]:
        """The active suites."""
        return self.suites(self.active)

    def _kill(self, selection: int) -> None:
        if selection:
            self.order = [bit for bit in self.order if not bit & selection]
            self.active &= ~selection
            self.alive &= ~selection

    def _delete(self, chosen: int) -> None:
        if chosen and self.vocabulary.dialect.deleted_come_first:
            front = [bit for bit in self.order if bit & chosen]
            self.order = front + [bit for bit in self.order if not bit & chosen]
        self.active &= ~chosen

    def _to_end(self, chosen: int) -> None:
        if not chosen:
            return
        if not chosen & (chosen - 1):
            self.order.remove(chosen)
            self.order.append(chosen)
            return
        tail = [bit for bit in self.order if bit & chosen]
        self.order = [bit for bit in self.order if not bit & chosen] + tail

    def _command(self, rule: Rule) -> tuple[Suite, ...]:
        if rule.level is not None:
            self.level = rule.level
            return ()
        for chosen in self.vocabulary.strengths.values():
            self._to_end(chosen & self.active)
        return self.remaining()


def evaluate(string: str, openssl: Library | str = DEFAULT_SERIES) -> CipherList:
    """What `SSL_CTX_set_cipher_list` makes of a string (ssl_create_cipher_list in ssl/ssl_ciph.c).

    `openssl` is a library or what `library` takes. TLS 1.3 suites are not concerned: see
    `expand_ciphersuites`. Raises CipherStringError where the call fails, ValueError for an unknown
    version. The language is described in ciphers(1) of each version, section CIPHER LIST FORMAT.
    """
    known = openssl if isinstance(openssl, Library) else library(openssl)
    state = _State(known.vocabulary)
    suite_b = _suite_b(string, known)
    elements = _run(state, string, known, suite_b)
    suites = state.remaining()
    if not suites:
        raise CipherStringError("no-match", "the string selects no cipher suite", elements=tuple(elements))
    return CipherList(known, suites, state.level, tuple(elements), suite_b=bool(suite_b))


def expand_ciphers(string: str, openssl: Library | str = DEFAULT_SERIES) -> tuple[str, ...]:
    """The OpenSSL names that a string stands for, in order, those of SSLv2 as `NAME@SSLv2`.

    Arguments, errors and source are those of `evaluate`.
    """
    return evaluate(string, openssl).names


def _suite_b(string: str, known: Library) -> str | None:
    if not known.dialect.suite_b:
        return None
    folded = known.dialect.fold(string[: max(map(len, _SUITE_B))])
    return next((word for word in _SUITE_B if folded.startswith(word)), None)


def _run(state: _State, string: str, known: Library, suite_b: str | None) -> list[Element]:
    """Apply the whole string."""
    if suite_b:
        return [_whole(state, _SUITE_B[suite_b], 0, len(string), suite_b)]
    if known.dialect.system_profile and string.startswith(_SYSTEM):
        return _system(state, string, known)
    elements = []
    start = 0
    if known.dialect.fold(string[: len(_DEFAULT)]) == _DEFAULT:
        start = len(_DEFAULT)
        elements.append(_whole(state, known.default_string, 0, start, string[:start]))
        start += string.startswith(":", start)
    return elements + [state.apply(rule) for rule in parse(string, known.vocabulary, start)]


def _whole(state: _State, text: str, start: int, end: int, word: str) -> Element:
    """Apply a text that stands behind one word of the string."""
    for rule in parse(text, state.vocabulary):
        state.apply(rule)
    suites = state.remaining()
    return Element(start, end, "", (word,), suites=suites, added=suites)


def _system(state: _State, string: str, known: Library) -> list[Element]:
    """Red Hat's patch (load_system_str): the system's list, with the rest of the string glued to it.

    Without a policy file the list is the built-in default, which is what is taken here. Its last
    word grows by whatever follows without a separator.
    """
    glued = known.default_string + string[len(_SYSTEM) :]
    shift = len(_SYSTEM) - len(known.default_string)
    elements: list[Element] = []
    rules = parse(glued, known.vocabulary)
    inside = [rule for rule in rules if rule.start < len(known.default_string)]
    for rule in inside:
        state.apply(rule)
    suites = state.remaining()
    end = max(len(_SYSTEM), inside[-1].end + shift)
    elements.append(Element(0, end, "", (string[:end],), suites=suites, added=suites))
    for rule in rules[len(inside) :]:
        moved = Rule(rule.start + shift, rule.end + shift, rule.operator, rule.words,
                     rule.recognised, rule.selection, rule.level, rule.unknown)  # fmt: skip
        elements.append(state.apply(moved))
    return elements
