"""The values of headers that browsers read as policies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

FETCHES = frozenset(
    "default-src child-src connect-src fenced-frame-src font-src frame-src img-src manifest-src media-src object-src "
    "prefetch-src script-src script-src-attr script-src-elem style-src style-src-attr style-src-elem worker-src".split()
)
SOURCES = FETCHES | {"base-uri", "form-action", "frame-ancestors", "navigate-to"}
OTHERS = frozenset(
    "sandbox report-uri report-to upgrade-insecure-requests block-all-mixed-content require-trusted-types-for "
    "trusted-types plugin-types require-sri-for reflected-xss referrer webrtc".split()
)
KEYWORDS = frozenset(
    "self none unsafe-inline unsafe-eval unsafe-hashes strict-dynamic report-sample wasm-unsafe-eval "
    "unsafe-allow-redirects inline-speculation-rules trusted-types-eval".split()
)
_SPECIAL = re.compile(r"'(?:nonce-|sha(?:256|384|512)-|report-sha)", re.IGNORECASE)


class Clause(NamedTuple):
    """One directive of a Content-Security-Policy, its name in lower case."""

    name: str
    words: tuple[str, ...]


def clauses(value: str) -> list[Clause]:
    """The directives of a policy; of several with one name the first counts."""
    found: dict[str, Clause] = {}
    for part in value.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), Clause(words[0].lower(), tuple(words[1:])))
    return list(found.values())


def repeated(value: str) -> list[str]:
    """The names of directives that a policy says twice."""
    names = [part.split()[0].lower() for part in value.split(";") if part.split()]
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def is_pinned(words: tuple[str, ...]) -> bool:
    """Whether sources hold a nonce, a hash or strict-dynamic, which make browsers ignore 'unsafe-inline'."""
    return any(_SPECIAL.match(word) or word.lower() == "'strict-dynamic'" for word in words)


def scripts(policy: list[Clause]) -> Clause | None:
    """What a policy says of scripts."""
    by_name = {clause.name: clause for clause in policy}
    return by_name.get("script-src") or by_name.get("default-src")


def unquoted(clause: Clause) -> Iterator[str]:
    """Keywords without their single quotes, which browsers take for names of hosts."""
    if clause.name in SOURCES:
        for word in clause.words:
            bare = word.strip("\"'").lower()
            starts = bare.startswith(("nonce-", "sha256-", "sha384-", "sha512-"))
            if (bare in KEYWORDS or starts) and not (word[0] == word[-1] == "'" and len(word) > 1):
                yield word
