"""Claims of rules as cases: an example, the requests to make of it, and what must be seen."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from asking.case import Question, question

from sslint import examples
from sslint.examples import Example
from sslint.rule import Rule

CASES = Path(__file__).parent / "cases.txt"
_FILE = re.compile(r"^#--- (\S+)\n", re.MULTILINE)


class Ask(NamedTuple):
    """One request, and the words that its answer must fulfil."""

    question: Question
    seen: tuple[str, ...]


class Claim(NamedTuple):
    """One example of a rule, its surroundings, and what the server must show.

    `around` and `files` complete an example that its rule's documentation has; `said` are statements
    about the start (`starts`, `fails`, `log=…`).
    """

    slug: str
    bad: bool
    title: str
    own: tuple[str, ...]
    around: str
    files: tuple[tuple[str, str], ...]
    asks: tuple[Ask, ...]
    said: tuple[str, ...]

    @property
    def name(self) -> str:
        """What pytest shows."""
        return f"{self.slug}-{'bad' if self.bad else 'good'}-{self.title}"

    def example(self, rule: Rule) -> Example:
        """The configuration that the rule judges."""
        if self.own:
            return examples.example(self.title, list(self.own))
        found = examples.read(rule.doc)
        return next(one for one in (found.bad if self.bad else found.good) if one.title == self.title)


def written_claims() -> list[Claim]:
    """The cases of cases.txt, which says how they are written."""
    text = re.sub(r"^# (?!.*\^).*\n", "", CASES.read_text(), flags=re.MULTILINE)
    return [claim(part) for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]]


def claim(part: str) -> Claim:
    """One case out of its text."""
    header, _, rest = part.partition("\n")
    slug, kind, title = (*header.split(" ", 2), "")[:3]
    lines = [line for line in rest.split("\n") if line]
    asks = tuple(_ask(line[2:]) for line in lines if line.startswith("> "))
    said = tuple(word for line in lines if line.startswith("! ") for word in shlex.split(line[2:]))
    text = "".join(line + "\n" for line in lines if not line.startswith(("> ", "! ")))
    if title.startswith("+ "):
        return Claim(slug, kind == "bad", title[2:], tuple(text.splitlines()), "", (), asks, said)
    around, *files = _FILE.split(text)
    return Claim(slug, kind == "bad", title, (), around, tuple(_pairs(files)), asks, said)


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip(parts[::2], parts[1::2], strict=True)


def _ask(line: str) -> Ask:
    asked, _, seen = line.partition(" -> ")
    return Ask(question(asked), tuple(shlex.split(seen)))
