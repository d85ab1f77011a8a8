"""What two cipher strings, or two versions of OpenSSL, make different."""

from __future__ import annotations

from ..openssl.compare import Change, Comparison
from ..openssl.expansion import Expansion
from ..reporters.view import View
from .ciphers import error_lines, server_name
from .ciphers_data import SCHEMA_VERSION, source_data

_SIGNS = {"first": ("-", "31"), "second": ("+", "32"), "moved": ("~", "36")}


def diff_lines(comparison: Comparison, view: View) -> list[str]:
    """The suites that one list has more, each with the reason, and those that moved."""
    first, second = comparison.first, comparison.second
    lines = [view.paint(f"--- {_label(first, view)}", "31"), view.paint(f"+++ {_label(second, view)}", "32")]
    for expansion in (first, second):
        lines += error_lines(expansion, view)
    if first.level != second.level:
        lines.append(f"security level: {_level(first)} before, {_level(second)} after")
    width = max((len(change.suite.name) for change in comparison.changes), default=0)
    lines += [_change(change, view, width) for change in comparison.changes]
    return [*lines, _summary(comparison)]


def _label(expansion: Expansion, view: View) -> str:
    count = len(expansion.suites)
    library = ", ".join(filter(None, (f"OpenSSL {expansion.library.name}", server_name(expansion))))
    value = "(default)" if expansion.value is None else expansion.value
    return view.cut(f"{library}: {count} suite{'s' * (count != 1)} of {value}", max(20, view.width - 4))


def _level(expansion: Expansion) -> str:
    return "none" if expansion.level is None else str(expansion.level)


def _change(change: Change, view: View, width: int) -> str:
    sign, style = _SIGNS[change.kind]
    places = f"#{change.before} -> #{change.after}" if change.kind == "moved" else ""
    text = f"{sign} {change.suite.name:<{width}}  {places}{view.clean(change.reason)}"
    return view.paint(text.rstrip(), style)


def _summary(comparison: Comparison) -> str:
    if comparison.is_equal:
        return "the same suites in the same order"
    counts = {kind: sum(change.kind == kind for change in comparison.changes) for kind in _SIGNS}
    return (
        f"{counts['first']} only in the first, {counts['second']} only in the second, {counts['moved']} moved"
        if comparison.changes
        else "the same suites in the same order, but not the same otherwise"
    )


def diff_data(comparison: Comparison) -> dict[str, object]:
    """The same as plain data; docs/ciphers.md describes it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "equal": comparison.is_equal,
        "first": _side(comparison.first),
        "second": _side(comparison.second),
        "changes": [
            {
                "kind": change.kind,
                "name": change.suite.name,
                "before": change.before,
                "after": change.after,
                "reason": change.reason or None,
            }
            for change in comparison.changes
        ],
    }


def _side(expansion: Expansion) -> dict[str, object]:
    error = expansion.error
    return {
        **source_data(expansion),
        "error": None if error is None else {"kind": error.kind, "message": str(error), "offset": error.offset},
        "suites": [suite.name for suite in expansion.suites],
    }
