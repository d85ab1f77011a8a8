"""What the handlers of directives refuse when the configuration is read (`httpd -t`).

`check_values` judges one use, once its name, place and word count are in order. It never refuses
what the server takes: whatever it is not sure of passes. Everything but on/off switches was
measured on 2.4, so only those are judged for other branches.
"""

from __future__ import annotations

import functools
import re

from ..knowledge.directives import directives
from ..knowledge.versions import HttpdVersion
from .values_base import Checker, FileFacts, Problems, Use, ValueProblem
from .values_files import missing
from .values_tables import switch_replacement

__all__ = ["FileFacts", "Use", "ValueProblem", "check_values", "is_checked"]

_UNRESOLVED = re.compile(r"\$\{[^}:]*\}")


@functools.cache
def _checkers() -> dict[str, Checker]:
    """Lower-case name, sections with `<`, to its checker."""
    from . import (
        values_alias,
        values_authz,
        values_core,
        values_headers,
        values_log,
        values_misc,
        values_proxy,
        values_rewrite,
        values_ssl,
        values_tables,
    )  # fmt: skip

    found: dict[str, Checker] = {}
    for module in (
        values_tables, values_core, values_ssl, values_rewrite, values_alias, values_authz, values_headers,
        values_proxy, values_log, values_misc,
    ):  # fmt: skip
        found.update(module.CHECKERS)
    return found


def is_checked(name: str, is_section: bool) -> bool:
    """Whether anything but switches and missing files is looked at for a name (lower case, no `<`)."""
    return ("<" if is_section else "") + name in _checkers()


def check_values(use: Use, files: FileFacts | None = None) -> list[ValueProblem]:
    """What the server refuses in one use, in the order of the text; usually nothing or one problem.

    Text with an unresolved `${…}` is not judged. With `files`, what is known to be missing on
    the server's disk is reported too, marked as depending on the environment.
    """
    if _UNRESOLVED.search(use.raw):
        return []
    use = _without_empty(use)
    problems = list(_switch(use))
    if not problems and not use.target.httpd.is_old:
        checker = _checkers().get(("<" if use.is_section else "") + use.name)
        if checker is not None:
            problems = list(checker(use))
    if not problems and files is not None and not use.is_section:
        problems = list(missing(use, files))
    return problems


@functools.lru_cache(maxsize=4096)
def _shape(name: str, is_section: bool, version: HttpdVersion) -> str:
    """The shape's name in the target's command table, empty for an unknown directive."""
    facts = directives().lookup(name, section=is_section)
    shape = facts.shape(version) if facts else None
    return shape.name if shape else ""


def _without_empty(use: Use) -> Use:
    """The use without empty words at the end where the server counts them as absent (TAKE12 and its like)."""
    if not use.words or use.words[-1]:
        return use
    if not re.fullmatch(r"TAKE\d+", _shape(use.name, use.is_section, use.target.httpd)):
        return use
    words = list(use.words)
    while words and not words[-1]:
        words.pop()
    return use._replace(words=tuple(words))


def _switch(use: Use) -> Problems:
    """FLAG directives: the first word must be on or off (`config.c:invoke_cmd`)."""
    first = use.word(0)
    if not first or first.lower() in ("on", "off") or _shape(use.name, use.is_section, use.target.httpd) != "FLAG":
        return
    facts = directives().lookup(use.name, section=use.is_section)
    name = facts.name if facts else use.name
    yield use.at(0, f"{name} must be On or Off", switch_replacement(first))
