"""The elements of the cipher strings that lines hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sslint.api import CipherSetting, Directive, Element, Spot, Suite, Target, cipher_line

KEYS = ("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd")


class Written(NamedTuple):
    """One element, with the place where its author wrote it."""

    element: Element
    spot: Spot
    text: str
    setting: CipherSetting


def written(directive: Directive, target: Target) -> Iterator[Written]:
    """The elements of a line's cipher string that its author wrote; none where the library refuses the string."""
    setting = cipher_line(directive, target)
    if setting is None or setting.selected is None or setting.effective is None or setting.argument is None:
        return
    effective = setting.effective
    for element in setting.selected.elements:
        if effective.start <= element.start < effective.end:
            place = setting.place(element) or setting.argument.span
            text = effective.text[element.start : min(element.end, effective.end)]
            yield Written(element, Spot(directive.source, place, directive.frame), text, setting)


def named(suites: Sequence[Suite], most: int = 3) -> str:
    """Suites by name: the first few, and how many more."""
    names = list(dict.fromkeys(suite.openssl_name for suite in suites))
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
