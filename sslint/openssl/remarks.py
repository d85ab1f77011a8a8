"""What each element of a cipher string does, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .errors import CipherStringError
from .expansion import Expansion
from .history import is_tls13_name, lifetime, namesakes, neighbours, openssl_name_of
from .selection import Element, evaluate
from .suite import Suite
from .tables import Library

Effect = Literal["adds", "removes", "moves", "sets", "nothing", "ignored"]

_ONLY_AT_START = ("DEFAULT", "SUITEB128ONLY", "SUITEB128C2", "SUITEB128", "SUITEB192")
_VERSIONS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")


class Remark(NamedTuple):
    """An element, and what is to be said of it.

    `text` is the element as it stands. `effect` is `ignored` for one that the library does not understand,
    `nothing` for one that changes nothing. `summary` says what it does, `notes` what may surprise.
    `length` is how many suites the list has after it. `is_redundant` tells that the string means the
    same without it.
    """

    element: Element
    text: str
    by_mod_ssl: bool
    effect: Effect
    summary: str
    notes: tuple[str, ...]
    length: int
    is_redundant: bool

    @property
    def changed(self) -> tuple[Suite, ...]:
        """The suites whose place in the list changed."""
        return _changed(self.element)


def remarks(expansion: Expansion) -> tuple[Remark, ...]:
    """A remark on each element, in their order; of a refused string on as many as were understood."""
    found = []
    order: list[Suite] = []
    for element in expansion.elements:
        before, order = order, _after(order, element)
        text = expansion.text[element.start : element.end]
        effect = _effect(element, before, order)
        redundant = _is_redundant(expansion, element)
        notes = tuple(_notes(expansion, element, text, effect, redundant))
        summary = _summary(element, effect)
        added = expansion.is_added(element)
        found.append(Remark(element, text, added, effect, summary, notes, len(order), redundant))
    return tuple(found)


def _changed(element: Element) -> tuple[Suite, ...]:
    return element.added or element.removed or element.moved


def _after(order: list[Suite], element: Element) -> list[Suite]:
    """The list after an element; what is added or moved stands at its end."""
    gone = {*element.removed, *element.moved}
    return [suite for suite in order if suite not in gone] + [*element.added, *element.moved]


def _effect(element: Element, before: list[Suite], after: list[Suite]) -> Effect:
    if not element.recognised:
        return "ignored"
    if element.level is not None:
        return "sets"
    if element.added:
        return "adds"
    if element.removed:
        return "removes"
    return "moves" if before != after else "nothing"


def _is_redundant(expansion: Expansion, element: Element) -> bool:
    """Whether the library makes the same of the string without the element."""
    if expansion.selected is None:
        return False
    if element.operator != "@" and not (element.suites if element.operator == "!" else _changed(element)):
        return True
    text = expansion.text
    try:
        without = evaluate(f"{text[: element.start]}:{text[element.end :]}", expansion.library)
    except CipherStringError:
        return False
    mine = expansion.selected
    levels = without.effective_level == mine.effective_level
    return levels and without.suites == mine.suites and without.suite_b == mine.suite_b


def _summary(element: Element, effect: Effect) -> str:
    """What an element does, without the names."""
    count = _count(_changed(element))
    again = len(element.suites) - len(element.added)
    for_good = " for good" if element.operator == "!" else ""
    moves = "sorts the list by strength" if element.operator == "@" else f"moves {count} to the end"
    return {
        "ignored": "ignored",
        "nothing": "no effect",
        "sets": f"sets security level {element.level}",
        "adds": f"adds {count}" + (f" ({again} more are in the list already)" if again else ""),
        "removes": f"removes {count}{for_good}",
        "moves": moves,
    }[effect]


def _count(suites: tuple[Suite, ...]) -> str:
    return f"{len(suites)} suite" + ("s" if len(suites) != 1 else "")


def _notes(expansion: Expansion, element: Element, text: str, effect: Effect, redundant: bool) -> Iterator[str]:
    if not element.recognised:
        yield from _unrecognised(expansion, element, text)
        return
    yield from _expanded(expansion, element)
    if element.level is not None:
        yield from _level(expansion, element.level)
    elif effect == "nothing":
        yield from _idle(expansion, element, redundant)
    elif element.operator == "-":
        yield from _returning(expansion, element)
    if element.operator in ("-", "!", "+") and any(word in _VERSIONS for word in element.words):
        word = next(word for word in element.words if word in _VERSIONS)
        yield f"{word} here means the suites that came with it; the protocol itself is switched by SSLProtocol"
    rest = text[len(element.operator) + len("+".join(element.words)) :]
    if rest and element.operator == "@":
        yield f"{rest} is thrown away: a command ends at the next separator"
    if redundant and effect not in ("nothing", "ignored"):
        twin = any(expansion.is_added(one) and one.words == element.words for one in expansion.elements)
        yield "mod_ssl adds it anyway" if twin else "redundant: the result is the same without it"


def _expanded(expansion: Expansion, element: Element) -> Iterator[str]:
    """What one word at the start stands for."""
    word = element.words[0] if element.words else ""
    if element.start or element.operator or expansion.library.vocabulary.find(word) is not None:
        return
    if word.upper().startswith("SUITEB"):
        yield "replaces the whole string, restricts curves to P-256 and P-384 and signatures to ECDSA (RFC 6460)"
        rest = expansion.text[len(word) :].strip(":")
        if rest:
            yield f"what follows counts for nothing: {rest}"
    else:
        yield f"stands for {expansion.library.default_string}"


def _unrecognised(expansion: Expansion, element: Element, text: str) -> Iterator[str]:
    """Why the library does not understand an element."""
    if element.unknown is None:
        yield f"no suite is {' and '.join(element.words)} at once"
        return
    word = text[len(element.operator) :] if len(element.words) == 1 else element.unknown
    if not _is_word(word):
        word = element.unknown
    yield _unknown(expansion, word)
    if element.operator in ("-", "!") and lifetime(word, expansion.library.series):
        yield "harmless: there is nothing to take away"


def _is_word(text: str) -> bool:
    return text.replace("-", "").replace("_", "").replace(".", "").replace("=", "").isalnum()


def _unknown(expansion: Expansion, word: str) -> str:
    """What is to be said of a word that the library does not know."""
    if word in _ONLY_AT_START:
        return f"{word} counts only at the very start of the string"
    if word.startswith("PROFILE="):
        return f"{word} is a word of Red Hat's OpenSSL, at the very start of the string"
    if is_tls13_name(word):
        return "a suite of TLS 1.3, which no cipher string governs: name it in SSLCipherSuite TLSv1.3"
    if word in ("TLSv1.1", "TLSv1.3"):
        return f"{word} was never a keyword: versions are switched by SSLProtocol"
    return f"OpenSSL {expansion.library.series} does not know {word}{_hint(word, expansion.library)}"


def _hint(word: str, library: Library) -> str:
    """What a word was, or was meant to be."""
    name = openssl_name_of(word) if word.startswith(("TLS_", "SSL_")) else None
    if name is not None:
        return f": IANA's names count from OpenSSL 3.2 on, write {name}"
    same = namesakes(word, library)
    if same:
        return f": case matters, write {same[0]}"
    when = lifetime(word, library.series)
    near = () if when else neighbours(word, library)
    return f": {when}" if when else f": did you mean {near[0]}?" if near else ""


def _level(expansion: Expansion, level: int) -> Iterator[str]:
    """What a level takes out of handshakes."""
    if expansion.level != level:
        yield f"a later one counts: level {expansion.level}"
        return
    lost = [suite for suite in expansion.suites if not is_usable(expansion, suite)]
    if lost:
        yield f"handshakes can't use {_count(tuple(lost))} of the list at this level"
    if level == 0:
        yield "nothing is too weak any more: short keys and SHA-1 signatures pass as well"


def is_usable(expansion: Expansion, suite: Suite) -> bool:
    """Whether a handshake of the suite's first version, or of TLS 1.2, can use it at the level."""
    versions = dict.fromkeys((suite.protocol, "TLSv1.2"))
    return any(expansion.usable((suite,), version) for version in versions)


def _idle(expansion: Expansion, element: Element, redundant: bool) -> Iterator[str]:
    """Why an element that the library understands changes nothing."""
    words = "+".join(element.words)
    if element.operator == "@":
        yield "the list is sorted by strength already"
        return
    alone = element.suites or _alone(words, expansion)
    if not alone:
        yield f"no suite of OpenSSL {expansion.library.series} is {words.replace('+', ' and ')}"
    elif not element.suites:
        yield "an earlier element removed all of it for good"
    elif element.operator == "+":
        yield _reordering(element)
    elif element.operator:
        keeps = "" if element.operator == "-" or redundant else "; it keeps it out for good"
        yield f"nothing of it is in the list{keeps}"
    else:
        yield "all of it is in the list already"


def _reordering(element: Element) -> str:
    if element.moved:
        return "what it moves to the end stands there already"
    return "a + at the front only moves what is in the list, and nothing of it is: leave it out to add"


def _alone(words: str, expansion: Expansion) -> tuple[Suite, ...]:
    """What the words select by themselves."""
    try:
        return evaluate(words, expansion.library).suites
    except CipherStringError:
        return ()


def _returning(expansion: Expansion, element: Element) -> Iterator[str]:
    """Suites that `-` took away, and that came back."""
    back = tuple(suite for suite in element.removed if suite in expansion.suites)
    if back:
        verb = "comes" if len(back) == 1 else "come"
        yield f"{_count(back)} of it {verb} back later: only ! is final"
