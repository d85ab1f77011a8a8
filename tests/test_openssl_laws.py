"""Laws of cipher strings that hold without any data."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sslint.openssl import (
    CipherStringError,
    evaluate,
    expand_ciphers,
    expand_ciphersuites,
    expand_groups,
    libraries,
    library,
)
from sslint.openssl.redundancy import redundant

untimed = settings(deadline=None)
BUILDS = st.sampled_from(libraries())
WORDS = sorted(
    {word for name in libraries() for word in library(name).known_words}
    | {suite.openssl_name for name in libraries() for suite in library(name).suites}
    | {"FOO", "DEFAULT", "SUITEB128", "PROFILE=SYSTEM", "TLS_AES_128_GCM_SHA256"}
)
CHAINS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("+".join)
ELEMENTS = st.builds("{}{}".format, st.sampled_from(["", "", "!", "-", "+"]), CHAINS)
ADDS = st.lists(CHAINS, min_size=1, max_size=4).map(":".join)
STRINGS = st.lists(ELEMENTS, min_size=1, max_size=6).map(":".join)
SEPARATORS = st.sampled_from([",", ";", " ", "::", " : "])


def expand(string: str, build: str) -> tuple[str, ...] | str:
    try:
        return expand_ciphers(string, library(build))
    except CipherStringError as error:
        return error.kind


def keyword(build: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(library(build).known_words))


@untimed
@given(BUILDS, ADDS)
def test_adding_twice_changes_nothing(build: str, string: str) -> None:
    assert expand(f"{string}:{string}", build) == expand(string, build)


@untimed
@given(BUILDS, st.data())
def test_a_keyword_and_its_complement_make_all(build: str, data: st.DataObject) -> None:
    word = data.draw(keyword(build))
    every = set(expand("ALL", build))
    inside = set(found) & every if not isinstance(found := expand(word, build), str) else set()
    rest = expand(f"ALL:!{word}", build)
    without = set() if isinstance(rest, str) else set(rest)
    if build.startswith("0.9.8") and len(every - inside) == 0:
        return  # the last suite of a list cannot be killed there
    assert not inside & without
    assert inside | without == every


@untimed
@given(BUILDS, STRINGS, CHAINS)
def test_ordering_keeps_the_set(build: str, string: str, chain: str) -> None:
    if build.startswith("0.9.8") and "+" in chain:
        return  # a suite's name ends the element there, and the next word adds
    before, after = expand(string, build), expand(f"{string}:+{chain}", build)
    if not isinstance(before, str) and not isinstance(after, str):
        assert set(before) == set(after)


@untimed
@given(BUILDS, STRINGS)
def test_strength_sorts_stably(build: str, string: str) -> None:
    before, after = expand(string, build), expand(f"{string}:@STRENGTH", build)
    if isinstance(before, str) or string.startswith("SUITEB"):
        return
    bits = {suite.name: suite.strength_bits for suite in library(build).suites}
    assert after == tuple(sorted(before, key=lambda name: -bits[name]))


@untimed
@given(BUILDS, STRINGS, SEPARATORS)
def test_separators_are_interchangeable(build: str, string: str, separator: str) -> None:
    if not string.startswith(("DEFAULT", "PROFILE")):
        assert expand(string.replace(":", separator), build) == expand(string, build)


@untimed
@given(BUILDS, STRINGS, st.data())
def test_what_is_killed_stays_dead(build: str, string: str, data: st.DataObject) -> None:
    word = data.draw(keyword(build))
    killed, revived = expand(f"ALL:!{word}:{string}", build), expand(f"ALL:!{word}:{string}:{word}", build)
    if len(library(build).suites) > 1 and not isinstance(killed, str):
        assert revived == killed


def assert_answered(build: str, string: str) -> None:
    known = library(build)
    for call in (expand_ciphers, expand_ciphersuites, expand_groups):
        try:
            assert isinstance(call(string, known), tuple)
        except CipherStringError as error:
            assert error.kind in {"no-match", "invalid-command"}
            assert error.offset is None or 0 <= error.offset <= len(string)


@untimed
@given(BUILDS, st.text())
def test_any_text_is_answered(build: str, string: str) -> None:
    assert_answered(build, string)


@untimed
@given(BUILDS, st.text(alphabet="HIGHALRC4DESaNUL+-!@=:;, ._\0STRENGTHSECLEVEL0129"))
def test_likely_text_is_answered(build: str, string: str) -> None:
    assert_answered(build, string)


@untimed
@given(BUILDS, STRINGS)
def test_elements_account_for_the_list(build: str, string: str) -> None:
    try:
        found = evaluate(string, library(build))
    except CipherStringError:
        return
    place = 0
    active: set[str] = set()
    for element in found.elements:
        assert place <= element.start < element.end <= len(string)
        place = element.end
        assert string[element.start :].startswith(element.operator)
        added = {suite.name for suite in element.added}
        removed = {suite.name for suite in element.removed}
        assert not added & active
        assert removed <= active
        assert element.recognised or not element.suites
        active = active - removed | added
    assert active == set(found.names)
    for suite in found.suites:
        origin = found.origin(suite)
        assert origin is not None
        assert suite in origin.added


@pytest.mark.parametrize("build", libraries())
def test_default_is_the_default_string(build: str) -> None:
    assert expand("DEFAULT", build) == expand(library(build).default_string, build)


@untimed
@given(STRINGS)
def test_what_is_redundant_can_be_left_out_everywhere(string: str) -> None:
    idle = {(one.start, one.end) for one in redundant(string, library())}
    try:
        elements = evaluate(string).elements
    except CipherStringError:
        assert not idle
        return
    rest = [string[one.start : one.end] for one in elements if (one.start, one.end) not in idle]
    assert rest, "something is left"
    for build in libraries():
        if not build.startswith(("0.", "1.0.0", "1.0.1")):
            assert expand(":".join(rest), build) == expand(string, build) or not isinstance(
                expand(string, build), tuple
            )
