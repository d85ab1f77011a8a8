"""Reads profiles: those that ship with sslint, by name, and organisations' own, by path.

Nothing here is imported unless a profile is chosen or shown, and then only that one is read.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from . import data
from .diagnostic import Severity
from .files import Files, Kind, ReadError
from .knowledge.suggest import closest
from .options import check_options, option
from .schema import Reader, SettingsError
from .text import decode
from .tls.profiles.model import (
    Ask,
    Basis,
    Bound,
    Item,
    Level,
    Mixed,
    Pattern,
    Profile,
    Requirement,
    Selected,
)
from .tls.profiles.subjects import SUBJECTS

if TYPE_CHECKING:
    from .registry import Registry
    from .schema import Format, Value

_FOLDER = "profiles"
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_EDITION = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_IANA = re.compile(r"TLS_[A-Z0-9_]+")
_SUFFIXES = (".yaml", ".yml")


def shipped() -> dict[str, tuple[str, ...]]:
    """The names of the profiles that ship with sslint, each with its editions, the newest last."""
    from importlib.resources import files as resources

    found: dict[str, list[str]] = {}
    for entry in resources("sslint.grammar").joinpath(_FOLDER).iterdir():
        name, _, edition = entry.name.removesuffix(_SUFFIXES[0]).partition("@")
        if entry.name.endswith(_SUFFIXES[0]):
            found.setdefault(name, []).append(edition)
    return {name: tuple(sorted(found[name], key=age)) for name in sorted(found)}


def age(edition: str) -> tuple[tuple[int, ...], str]:
    """What editions are ordered by: their numbers."""
    return tuple(map(int, re.findall(r"\d+", edition))), edition


def is_path(word: str) -> bool:
    """Whether a word names a file rather than a profile."""
    return "/" in word or word.endswith(_SUFFIXES)


def resolve(word: str) -> tuple[str, str]:
    """The name and edition of `NAME[@EDITION]`; the newest where none is given. Raises ValueError.

    The beginning of a name, up to a hyphen, stands for the one name that begins so; that of an edition, up
    to a dot, for the newest that does.
    """
    name, separator, edition = word.strip().lower().partition("@")
    known = shipped()
    if name not in known:
        begun = [one for one in known if one.startswith(f"{name}-")]
        if len(begun) != 1:
            raise ValueError(_unknown(name, known, begun))
        name = begun[0]
    editions = known[name]
    if not separator:
        return name, latest(name, editions)
    wanted = age(edition)[0]
    fits = [one for one in editions if one == edition or (wanted and age(one)[0][: len(wanted)] == wanted)]
    if edition not in editions and not fits:
        raise ValueError(f"{name} has no edition {edition!r}: use one of {', '.join(editions)}")
    return name, edition if edition in editions else fits[-1]


def latest(name: str, editions: Sequence[str]) -> str:
    """The newest edition that was read as a whole."""
    whole = (one for one in reversed(editions) if "\npartial: true\n" not in data.read(_file(name, one)))
    return next(whole, editions[-1])


def _file(name: str, edition: str) -> str:
    return f"{_FOLDER}/{name}@{edition}{_SUFFIXES[0]}"


def _unknown(name: str, known: Mapping[str, object], begun: Sequence[str]) -> str:
    if begun:
        return f"{name!r} may be any of {', '.join(begun)}"
    stems = {one.partition("-")[0] for one in known}
    near = closest(name, [*known, *stems], 1)
    hint = f": did you mean {near[0]}?" if near else f": use one of {', '.join(known)}, or the path of a file"
    return f"no profile is called {name!r}{hint}"


def check(word: str, files: Files, folder: str) -> None:
    """Whether a profile is there, without reading it. Raises ValueError."""
    if not is_path(word):
        resolve(word)
    elif files.kind(posixpath.join(folder, word)) is not Kind.FILE:
        raise ValueError(f"no profile is at {word}")


def load(word: str, files: Files, folder: str, registry: Registry) -> Profile:
    """The profile of `NAME[@EDITION]`, or of a path relative to a folder.

    Raises ValueError for an unknown name, SettingsError for a mistake in a file.
    """
    if is_path(word):
        path = posixpath.normpath(posixpath.join(folder, word))
        try:
            return read(decode(files.read(path)), path, registry)
        except ReadError as error:
            raise ValueError(f"cannot read {path}: {error}") from None
    return of(*resolve(word))


def of(name: str, edition: str) -> Profile:
    """One that ships with sslint. The tests hold these to what is asked of others."""
    path = _file(name, edition)
    return read(data.read(path), path, None)


@functools.cache
def newest() -> tuple[Profile, ...]:
    """The newest edition of every profile that ships with sslint."""
    return tuple(of(name, latest(name, editions)) for name, editions in shipped().items())


def read(text: str, path: str, registry: Registry | None) -> Profile:
    """The profile that a YAML text describes. Raises SettingsError for a mistake, with its place.

    Without a registry nobody looks whether the words that it uses exist.
    """
    import json
    from importlib.resources import files as resources

    schema = json.loads(resources("sslint").joinpath("profile.schema.json").read_text("utf-8"))
    given = Reader(schema, _formats(registry) if registry is not None else {}, path, "profile").read(text)
    if not given:
        raise SettingsError(f"{path}:1:1: the profile is empty")
    basis = str(given.get("basis", Basis.PRIMARY.value))
    return Profile(
        name=str(given["profile"]),
        edition=str(given["edition"]),
        title=str(given["title"]),
        publisher=str(given["publisher"]),
        released=str(given["released"]),
        source=str(given["source"]),
        requirements=tuple(_requirement(one, basis) for one in _mappings(given, "requirements")),
        rules=tuple(_selected(one, basis) for one in _mappings(given, "rules")),
        note=str(given.get("note", "")),
        partial=bool(given.get("partial", False)),
    )


def _mappings(given: Mapping[str, Value], key: str) -> list[dict[str, Value]]:
    return cast("list[dict[str, Value]]", given.get(key, []))


def _requirement(given: dict[str, Value], basis: str) -> Requirement:
    subject = next(key for key in given if key in SUBJECTS)
    return Requirement(
        subject=subject,
        ask=_ask(given[subject]),
        level=Level(str(given.get("level", Level.MUST.value))),
        section=str(given["section"]),
        basis=Basis(str(given.get("basis", basis))),
        note=str(given.get("note", "")),
        tags=_words(given.get("tags", [])),
        since=str(given.get("since", "")),
        until=str(given.get("until", "")),
    )


def _ask(value: Value) -> Ask:
    if not isinstance(value, dict):
        assert not isinstance(value, (int, list)) or isinstance(value, bool)
        return value
    if "least" in value or "most" in value:
        return Bound(**cast("dict[str, int]", value))
    lists = {key: tuple(_item(one) for one in cast("list[Value]", items)) for key, items in value.items()}
    return Mixed(**lists)


def _item(value: Value) -> Item:
    if not isinstance(value, dict):
        return str(value)
    parts: dict[str, object] = {
        key: tuple(word.upper() for word in _words(part)) for key, part in value.items() if isinstance(part, list)
    }
    parts["bits_below"] = value.get("bits-below", 0)
    parts["export"] = value.get("export", False)
    return Pattern(**parts)  # type: ignore[arg-type]


def _selected(given: dict[str, Value], basis: str) -> Selected:
    options = cast("dict[str, Value]", given.get("options", {}))
    return Selected(
        rule=str(given["rule"]).lower(),
        section=str(given["section"]),
        basis=Basis(str(given.get("basis", basis))),
        severity=Severity.parse(str(given["severity"])) if "severity" in given else None,
        options={name: option(value) for name, value in options.items()},
        note=str(given.get("note", "")),
        tags=_words(given.get("tags", [])),
    )


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, cast("list[Value]", value)))


# What the schema's formats mean


def _formats(registry: Registry) -> Mapping[str, Format]:
    """Each raises ValueError."""
    return {
        "profile-name": _of_form(_NAME, "a name has small letters, digits, dots and hyphens, such as our-policy"),
        "edition": _of_form(_EDITION, "an edition has letters, digits, dots and hyphens, such as 2.3.0 or 2025-05"),
        "date": _of_form(_DATE, "a date is written 2025, 2025-05 or 2025-05-01"),
        "requirement": lambda given, _: _check_subject(cast("dict[str, Value]", given)),
        "mixed": lambda given, _: _check_filled(cast("dict[str, Value]", given), "only, require, any or forbid"),
        "bound": lambda given, _: _check_filled(cast("dict[str, Value]", given), "least or most"),
        "pattern": lambda given, _: _check_filled(cast("dict[str, Value]", given), "kx, au, enc, mac, mode …"),
        "suite-name": lambda name, _: _check_suite(str(name)),
        "rule": lambda name, _: registry.get(str(name)),
        "selected": lambda given, _: _check_selected(cast("dict[str, Value]", given), registry),
    }


def _of_form(pattern: re.Pattern[str], hint: str) -> Callable[[Value, str], object]:
    def judge(value: Value, _: str) -> None:
        if not pattern.fullmatch(str(value)):
            raise ValueError(f"{str(value)!r}: {hint}")

    return judge


def _check_subject(given: Mapping[str, Value]) -> None:
    named = [key for key in given if key in SUBJECTS]
    if len(named) != 1:
        found = " and ".join(named) or "none"
        raise ValueError(f"a requirement has one subject ({', '.join(SUBJECTS)}), this one has {found}")


def _check_filled(given: Mapping[str, Value], parts: str) -> None:
    if not given:
        raise ValueError(f"this asks for nothing: write {parts}")


def _check_suite(name: str) -> None:
    """Whether some OpenSSL knows a suite; IANA has names that none does. Raises ValueError."""
    from .openssl import library
    from .openssl.history import known_series, neighbours

    if _IANA.fullmatch(name) or known_series(name):
        return
    near = neighbours(name, library())
    hint = f": did you mean {near[0]}?" if near else ""
    raise ValueError(f"no cipher suite is called {name!r}{hint}")


def _check_selected(given: Mapping[str, Value], registry: Registry) -> None:
    rule = registry.get(str(given["rule"]))
    check_options(rule, cast("Mapping[str, Value]", given.get("options", {})))
