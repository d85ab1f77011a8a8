"""Small configurations, and the requests to make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases.txt"


class Question(NamedTuple):
    """One request. `port` counts the ports of a case that has its own, and `tls` is None for both ways."""

    method: str
    path: str
    words: dict[str, str]
    headers: dict[str, str]

    @property
    def title(self) -> str:
        """How it is written in a table."""
        return " ".join([self.method, self.path, *(f"{name}={value}" for name, value in self.words.items())])


class Case(NamedTuple):
    """Lines of one host that is met by plain HTTP and by TLS, or with `ports` whole hosts at ports of their own.

    `files` are written below the case's folder, `{site}`.
    """

    name: str
    text: str
    ports: int
    questions: tuple[Question, ...]
    files: tuple[tuple[str, str], ...] = ()


def written_cases() -> list[Case]:
    """The cases of cases.txt: `=== name [ports]`, lines, `> METHOD /path word=value Header:value`, `#--- file`."""
    parts = re.split(r"^=== ", CASES.read_text(), flags=re.MULTILINE)[1:]
    return [_case(part) for part in parts]


def _case(part: str) -> Case:
    header, _, rest = part.partition("\n")
    name, _, ports = header.partition(" ")
    questions = tuple(question(line[2:]) for line in rest.split("\n") if line.startswith("> "))
    kept = "".join(line + "\n" for line in rest.split("\n") if line and not line.startswith("> "))
    text, *files = re.split(r"^#--- (.*)\n", kept, flags=re.MULTILINE)
    return Case(name, text, int(ports or 0), questions, tuple(_pairs(files)))


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip(parts[::2], parts[1::2], strict=True)


def question(line: str) -> Question:
    """`GET /path user=u sni=a.test X-Name:value`."""
    method, path, *rest = line.split()
    words = dict(word.split("=", 1) for word in rest if ":" not in word)
    headers = dict(word.split(":", 1) for word in rest if ":" in word)
    return Question(method, path, words, headers)
