"""Conditions judged where somebody asks: their grammar is heavy, and most configurations have none."""

from __future__ import annotations

from collections.abc import Callable


def holds(text: str, tls: bool) -> bool | None:
    """Whether a condition holds for a request by TLS or by plain HTTP; None where that depends on more."""
    from . import truth

    return truth.holds(text, tls)


def judge(text: str, lookup: Callable[[str], str | None], *, of_mod_ssl: bool = False) -> bool | None:
    """Whether a condition holds, as far as variables are known; `of_mod_ssl` is SSLRequire's reading."""
    from . import truth

    return truth.judge(text, lookup, of_mod_ssl=of_mod_ssl)
