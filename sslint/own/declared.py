"""Rules that a settings file declares, made into rules like all others.

- name: key-outside-the-vault        a subject: `directive`, `effective` or `missing`, names of httpd's
  effective: SSLCertificateKeyFile   where it is asked
  in: tls-hosts
  unless: {matches: ^/etc/ssl/private/}
  message: the key of {host} lies in {value}, which is not backed up
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from ..diagnostic import Safety, Severity
from ..knowledge.directives import directives
from ..knowledge.versions import NEWEST
from ..rule import SLUG, Rule, Subject, is_own_code
from ..server.merging.merge import merging
from .declaration import Declaration, Test

if TYPE_CHECKING:
    from ..schema import Value

SUBJECTS = ("directive", "effective", "missing")
HOSTS = ("server", "hosts", "tls-hosts", "plain-hosts")
"""The places in which a value is in force, beside sections."""
SECTIONS = ("directory", "directorymatch", "location", "locationmatch", "files", "filesmatch", "proxy", "proxymatch")


def declared(entry: Mapping[str, Value], file: str) -> Rule:
    """The rule of one entry of a settings file that its schema accepts. Raises ValueError, saying what is wrong."""
    from .judging import check_of

    kind = _kind(entry)
    written = cast("list[str] | str", entry[kind])
    spelt = [written] if isinstance(written, str) else written
    one = Declaration(
        kind=kind,
        names=tuple(_known(name, kind).lower() for name in spelt),
        spelt=" or ".join(spelt),
        places=_places(kind, entry.get("in", [])),
        argument=cast("int", entry.get("argument", 0)),
        when=_test(entry.get("if")),
        unless=_test(entry.get("unless")),
        message=str(entry["message"]),
        replacement=str(entry["replacement"]) if "replacement" in entry else None,
        remove=bool(entry.get("remove", False)),
    )
    _fits(one)
    fixable = one.remove or one.replacement is not None
    return Rule(
        code=str(entry.get("code", entry["name"])),
        slug=str(entry["name"]),
        severity=Severity.parse(str(entry.get("severity", "warning"))),
        since="",
        subject=Subject.DIRECTIVE if kind == "directive" else Subject.SERVER,
        check=check_of(one),
        doc="\n".join(_page(entry, one)),
        file=file,
        fix=Safety(str(entry.get("fix", "unsafe"))) if fixable else None,
        reference=str(entry.get("reference", "")),
        keys=one.names if kind == "directive" else (),
        default=bool(entry.get("default", True)),
    )


def _kind(entry: Mapping[str, Value]) -> str:
    found = [kind for kind in SUBJECTS if kind in entry]
    if len(found) != 1:
        raise ValueError(f"a rule has one subject: exactly one of the keys {', '.join(SUBJECTS)}")
    return found[0]


def _known(name: str, kind: str) -> str:
    """The name, where it can be judged so. Raises ValueError."""
    rule = merging().rule(name.lower(), NEWEST)
    if kind == "effective" and not rule.is_setting:
        raise ValueError(f"{name} sets nothing that is in force later: use directive or missing")
    return name


def directive_name(name: str) -> None:
    """Raises ValueError for what no httpd knows as a directive or section."""
    bare = name.removeprefix("<").removesuffix(">")
    if not directives().all_of(bare):
        near = directives().suggest(bare, limit=1)
        raise ValueError(f"no httpd knows a directive {bare!r}" + (f": did you mean {near[0]}?" if near else ""))


def _places(kind: str, value: Value) -> tuple[str, ...]:
    words = tuple(word.lower() for word in cast("list[str]", [value] if isinstance(value, str) else value))
    if kind == "directive":
        return words
    for word in words:
        if word not in (*HOSTS, *SECTIONS):
            raise ValueError(f"a value is in force in {', '.join((*HOSTS, *SECTIONS))}; not in {word!r}")
    return words or ("hosts",)


def _test(value: Value | None) -> Test | None:
    if value is None:
        return None
    entry = cast("Mapping[str, Value]", value)
    words = cast("list[str]", entry.get("is", []))
    return Test(
        pattern=re.compile(str(entry["matches"])) if "matches" in entry else None,
        words=frozenset(word.lower() for word in words),
        above=cast("int | None", entry.get("above")),
        below=cast("int | None", entry.get("below")),
    )


def _fits(one: Declaration) -> None:
    """Raises ValueError for keys that contradict each other."""
    if one.remove and (one.replacement is not None or one.kind != "directive"):
        raise ValueError("remove takes a line out: it goes with directive, and without replacement")
    if one.kind == "missing" and (one.when is not None or one.argument):
        raise ValueError("missing takes unless, for lines that count: not if or argument")
    if one.kind != "directive" and len(one.names) > 1:
        raise ValueError(f"{one.kind} takes the name of one directive")
    groups = one.when.pattern.groups if one.when is not None and one.when.pattern is not None else 0
    wanted = max((int(number) for number in re.findall(r"\\(\d+)", one.replacement or "")), default=0)
    if wanted > groups:
        raise ValueError(f"replacement names group {wanted}, and the pattern under if has {groups}")


def _page(entry: Mapping[str, Value], one: Declaration) -> Iterator[str]:
    """The documentation: what is declared, and the examples."""
    yield str(entry.get("summary", one.message))
    yield from ("", "## What it does", _sentence(one))
    if "why" in entry:
        yield from ("", "## Why", str(entry["why"]).rstrip("\n"))
    for key in ("bad", "good"):
        examples = cast("Sequence[str]", entry.get(key, []))
        if examples:
            yield from ("", f"## {key.capitalize()}")
        for number, text in enumerate(examples, 1):
            yield from (f"### Example {number}", "```", text.rstrip("\n"), "```")


def _sentence(one: Declaration) -> str:
    where = ", ".join(one.places)
    if one.kind == "directive":
        return f"Reports lines of {one.spelt}" + (f" in {where}" if where else "") + _asked(one) + "."
    if one.kind == "effective":
        return f"Reports the value of {one.spelt} in force in {where}" + _asked(one) + "."
    unless = f" that {_told(one.unless)}" if one.unless is not None else ""
    return f"Reports that a line of {one.spelt}{unless} is missing in {where}."


def _asked(one: Declaration) -> str:
    parts = [(" if ", one.when), (" unless ", one.unless)]
    which = f"argument {one.argument}" if one.argument else "it"
    return "".join(f"{word}{which} {_told(test)}" for word, test in parts if test is not None)


def _told(test: Test) -> str:
    said = [f"matches `{test.pattern.pattern}`"] if test.pattern is not None else []
    said += [f"is {' or '.join(sorted(test.words))}"] if test.words else []
    said += [f"is above {test.above}"] if test.above is not None else []
    said += [f"is below {test.below}"] if test.below is not None else []
    return " and ".join(said)


def regex(text: str) -> None:
    """Raises ValueError for what is no regular expression."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None


def slug(text: str) -> None:
    """Raises ValueError for what can't be a rule's name."""
    if not SLUG.fullmatch(text):
        raise ValueError(f"{text!r} is no name of a rule: use lower-case words with hyphens that name the problem")


def code(text: str) -> None:
    """Raises ValueError for what can't be an own rule's code."""
    if not is_own_code(text):
        raise ValueError(f"{text!r} is no code for a rule of your own: use capitals and digits, such as EXA001")


CHECKS: Mapping[str, Callable[[str], None]] = {
    "regex": regex,
    "directive": directive_name,
    "slug": slug,
    "own-code": code,
}
"""What a settings file's schema asks of single values; each raises ValueError."""
