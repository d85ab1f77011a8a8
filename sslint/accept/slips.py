"""Words that the server takes without a word, though they can't be meant as it takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..configuration import Directive, Problem
from ..diagnostic import Edit
from ..knowledge.directives import DirectiveFacts
from ..knowledge.versions import HttpdVersion
from ..text import Span, leading_number
from .messages import Check, comment_moved_up
from .values_base import atoi

_LISTS = frozenset({"ITERATE", "ITERATE2", "TAKE_ARGV"})
_RAW_LISTS = frozenset({"serveralias", "accessfilename", "directoryindex", "require"})
"""Lists that the handlers split on their own."""
_PATTERNS = frozenset({"indexignore", "adddescription"})
"""Lists of file patterns: editors' copies begin with a number sign."""
_PROVIDERS = frozenset({"user", "group", "valid-user", "env", "method"})
"""What Require hands its words to that takes any."""
_COMMENTED_OUT = re.compile(r"#+[A-Za-z][\w./-]*$")
_PLAIN = re.compile(r"[A-Za-z0-9._-]+$")
_DURATION = re.compile(r"(\d+)\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)$", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_TIMES = frozenset(
    "timeout gracefulshutdowntimeout sslsessioncachetimeout sslocspresponsetimeskew sslocspresponsemaxage "
    "sslocsprespondertimeout sslstaplingresponsetimeskew sslstaplingresponsemaxage sslstaplingstandardcachetimeout "
    "sslstaplingerrorcachetimeout sslstaplingrespondertimeout sessionmaxage".split()
)
_COUNTS = frozenset(
    "limitrequestline limitrequestfieldsize limitrequestfields maxkeepaliverequests listenbacklog "
    "maxconnectionsperchild maxrequestsperchild serverlimit threadlimit startservers minspareservers "
    "maxspareservers minsparethreads maxsparethreads threadsperchild maxrequestworkers maxclients "
    "sslrenegbuffersize".split()
)
"""Directives whose handlers call `atoi`, for seconds and for others."""


def slip_checks(facts: DirectiveFacts, version: HttpdVersion) -> list[Check]:
    """What is to be looked at in each use of a directive."""
    name = facts.name.lower()
    shape = facts.shape(version)
    found: list[Check] = []
    is_list = name in _RAW_LISTS or (shape is not None and shape.name in _LISTS)
    if is_list and name not in _PATTERNS:
        found.append(_trailing_comment)
    if name in _TIMES or name in _COUNTS:
        found.append(_cut_number)
    return found


def _trailing_comment(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
    if "#" not in directive.text or (directive.key == "require" and values[0].lower() not in _PROVIDERS):
        return
    arguments = directive.arguments
    for index, argument in enumerate(arguments):
        if index and argument.value.startswith("#") and not argument.word.quote:
            break
    else:
        return
    if index == len(arguments) - 1 and argument.value.strip("#") and not _COMMENTED_OUT.match(argument.value):
        return
    problems.append(
        Problem(
            "trailing-comment",
            directive.source,
            Span(argument.span.start, arguments[-1].span.end),
            f"httpd knows no comment behind a directive: {directive.name} takes these words like those before",
            "taken as words",
            edits=comment_moved_up(directive, index),
            frame=directive.frame,
        )
    )


def _cut_number(directive: Directive, values: Sequence[str], problems: list[Problem]) -> None:
    word = values[0] if values else ""
    number = atoi(word)
    if not _PLAIN.match(word) or word.lstrip("-").isdigit() or number is None:
        return
    is_time = directive.key in _TIMES
    argument = directive.arguments[0]
    meant = _DURATION.match(word) if is_time else None
    edits: tuple[Edit, ...] = ()
    if meant is not None and directive.pieces is None:
        edits = (Edit(argument.source, argument.span, str(leading_number(meant[1]) * _SECONDS[meant[2][0].lower()])),)
    unit = "a number of seconds" if is_time else "a number"
    problems.append(
        Problem(
            "number-cut-short",
            argument.source,
            argument.span,
            f"httpd takes this for {number} without a word: {directive.name} is {unit} and nothing else",
            edits=edits,
            frame=directive.frame,
        )
    )
