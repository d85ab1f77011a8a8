"""A cipher string taken apart: its suites as a table, and what each of its elements does."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..openssl import Library, Suite, tls13_suites, weaknesses
from ..openssl.expansion import SYSTEM, Expansion
from ..openssl.remarks import Remark, is_usable, remarks
from ..reporters.view import View

_KEY_EXCHANGES = {"ECDH": "ECDHE", "DH": "DHE"}
_GRAVE = frozenset({"null", "anonymous", "export", "sslv2", "rc4", "des", "64-bit-block", "md5", "weak-key"})
_RED, _YELLOW, _GREEN, _DIM = "31", "33", "32", "2"
_EFFECT_COLORS = {"adds": _GREEN, "removes": _RED, "moves": "36", "sets": "36", "nothing": _DIM, "ignored": _YELLOW}
_HEADINGS = ("", "SUITE", "SINCE", "KX", "AUTH", "CIPHER", "MAC", "BITS", "")
_SHOWN_NAMES = 4
_FIRST_WITH_NUMBERS = (2, 4, 0)
"""The first httpd whose messages have numbers."""
_NOT_EPHEMERAL = "no FS"


def key_exchange(suite: Suite) -> str:
    """The key exchange as people call it: ECDHE and DHE are the ephemeral ones."""
    name = _KEY_EXCHANGES.get(suite.key_exchange, suite.key_exchange)
    return name + suite.kx[len(suite.key_exchange) :]


def chosen(expansion: Expansion, protocol: str | None) -> tuple[Suite, ...]:
    """The suites to show: all, or those that a handshake of a version can use."""
    if protocol is None:
        return expansion.suites
    return expansion.usable(tls13(expansion.library) if protocol == "TLSv1.3" else expansion.suites, protocol)


def tls13(library: Library) -> tuple[Suite, ...]:
    """The TLS 1.3 suites that a library uses by default."""
    known = tls13_suites(library)
    return tuple(known[name] for name in library.tls13_default)


# Lines for a terminal


def cipher_lines(expansion: Expansion, view: View, protocol: str | None = None) -> list[str]:
    """The table of suites, and the elements; of a refused string what is wrong with it, and where."""
    lines = [view.bold(title(expansion, view)), *_effective(expansion, view), ""]
    if expansion.error is not None:
        lines += [*error_lines(expansion, view), ""]
    else:
        lines += [*_table(expansion, view, chosen(expansion, protocol)), ""]
        lines += [*_legend(chosen(expansion, protocol), view), *_tls13_lines(expansion, view, protocol)]
    return lines + _element_lines(expansion, view)


def title(expansion: Expansion, view: View) -> str:
    """What was evaluated, with what, and the outcome in numbers."""
    library = expansion.library
    count = len(expansion.suites)
    outcome = f"{count} cipher suite{'s' * (count != 1)}" if expansion.error is None else "refused"
    level = "" if expansion.level is None or expansion.error is not None else f", security level {expansion.level}"
    return view.clean(f"{outcome}: {library.version.partition(' (')[0]}{level}")


def server_name(expansion: Expansion) -> str:
    """The mod_ssl that hands the string over; empty for the library alone."""
    return f"mod_ssl {'.'.join(map(str, expansion.httpd))}" if expansion.httpd is not None else ""


def _effective(expansion: Expansion, view: View) -> list[str]:
    """The string that the library gets, with what mod_ssl added set apart."""
    effective = expansion.effective
    before, after = effective.text[: effective.start], effective.text[effective.end :]
    value = effective.text[effective.start : effective.end]
    lines = textwrap.wrap(view.clean(value), view.width - 4, break_on_hyphens=False) or [""]
    lines = [f"  {line}" for line in lines]
    if expansion.value is not None and expansion.value.startswith(SYSTEM) and not value.startswith(SYSTEM):
        lines.append(view.paint(f"  the list of the system-wide policy stands for {SYSTEM}", _DIM))
    if expansion.value is None:
        lines.append(view.paint("  the default, as no string is given", _DIM))
    added = " and ".join(part for part in (before and f"{before} before it", after and f"{after} after it") if part)
    if added:
        lines.append(view.paint(f"  {server_name(expansion)} adds {added}", _DIM))
    return lines


def error_lines(expansion: Expansion, view: View) -> list[str]:
    """What the library objects to, with a caret under the place."""
    error = expansion.error
    if error is None:
        return []
    lines = [view.paint(f"error: {view.clean(str(error))}", "1;31")]
    if error.offset is not None:
        cells = view.cells(expansion.text)
        column = sum(width for _, width in cells[: error.offset])
        start = max(0, error.offset - (view.width - 24))
        shift = sum(width for _, width in cells[:start])
        shown = "".join(cell for cell, _ in cells[start : start + view.width - 4])
        lines += [f"  {shown}", "  " + " " * (column - shift) + view.paint("^", "1;31")]
    return lines + [f"  {line}" for line in _hints(expansion)]


def _hints(expansion: Expansion) -> Iterator[str]:
    """What to do about a refused string."""
    error = expansion.error
    if error is None:
        return
    text, offset = expansion.text, error.offset
    if error.kind == "no-match":
        yield "nothing is left for TLS 1.2 and older: see below what became of each element"
    elif offset is not None and text[offset : offset + 1] == "@":
        yield _command_hint(expansion, text[offset:])
    elif offset is not None:
        yield "elements are names and keywords, joined by +, after at most one of ! - + and parted by : , ; or a blank"
    if expansion.httpd is not None:
        yield "httpd does not start with it" + (" (AH01898)" if expansion.httpd >= _FIRST_WITH_NUMBERS else "")


def _command_hint(expansion: Expansion, text: str) -> str:
    """Which commands the library takes."""
    if not expansion.library.dialect.security_levels:
        more = "; security levels came with 1.1.0" if text.upper().startswith("@SECLEVEL") else ""
        return f"OpenSSL {expansion.library.series} has @STRENGTH only{more}"
    return "the commands are @STRENGTH and @SECLEVEL=0 to @SECLEVEL=5"


def _table(expansion: Expansion, view: View, suites: Sequence[Suite]) -> list[str]:
    if not suites:
        return ["  no suite of the list works with this protocol version"]
    rows = [_HEADINGS] + [_row(number, suite, expansion) for number, suite in enumerate(suites, 1)]
    widths = _widths(rows)
    if sum(widths) + 7 > view.width:  # the key's length is told by the last column as well
        rows = [(*row[:5], row[5].partition("(")[0], *row[6:]) for row in rows]
        widths = _widths(rows)
    gap = "  " if sum(widths) + 2 * 8 + 12 <= view.width else " "
    lines = [view.bold(_aligned(rows[0], widths, gap).rstrip())]
    for suite, row in zip(suites, rows[1:], strict=True):
        lines += _colored(suite, row, _aligned(row, widths, gap), view, widths[0] + len(gap))
    return lines


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[column]) for row in rows) for column in range(8)]


def _row(number: int, suite: Suite, expansion: Expansion) -> tuple[str, ...]:
    remark = [weakness.slug for weakness in weaknesses(suite)]
    if not suite.forward_secret and suite.protocol != "SSLv2":
        remark.append(_NOT_EPHEMERAL)
    if not is_usable(expansion, suite):
        remark.append(f"not at level {expansion.level}")
    au = "none" if suite.au == "None" else suite.au
    enc = "none" if suite.enc == "None" else suite.enc.replace("/POLY1305", "")
    bits = str(suite.strength_bits)
    return (str(number), suite.name, suite.protocol, key_exchange(suite), au, enc, suite.mac, bits, ", ".join(remark))


def _aligned(row: Sequence[str], widths: Sequence[int], gap: str) -> str:
    cells = [cell.rjust(width) if column in (0, 7) else cell.ljust(width)
             for column, (cell, width) in enumerate(zip(row[:8], widths, strict=True))]  # fmt: skip
    return gap.join(cells)


def _colored(suite: Suite, row: Sequence[str], line: str, view: View, indent: int) -> list[str]:
    """A row with its remarks, in the next line where this one is full."""
    slugs = {weakness.slug for weakness in weaknesses(suite)}
    style = _RED if slugs & _GRAVE else _YELLOW if row[8] else ""
    remark = view.paint(row[8], style)
    shown = line.replace(suite.name, view.paint(suite.name, _RED), 1) if style == _RED else line
    if not row[8]:
        return [shown]
    if len(line) + 2 + len(row[8]) <= view.width:
        return [f"{shown}  {remark}"]
    return [shown, " " * indent + remark]


def _legend(suites: Sequence[Suite], view: View) -> list[str]:
    """What the remarks of the table mean."""
    met = dict.fromkeys(weakness for suite in suites for weakness in weaknesses(suite))
    texts = [f"{weakness.slug}: {weakness.phrase} ({weakness.reference})" for weakness in sorted(met)]
    if not all(suite.forward_secret for suite in suites):
        texts.append(f"{_NOT_EPHEMERAL}: no forward secrecy, who gets the server's key reads what was recorded")
    lines = []
    for text in texts:
        lines += textwrap.wrap(text, view.width - 2, initial_indent="  ", subsequent_indent="      ")
    return [*lines, ""] if lines else []


def _tls13_lines(expansion: Expansion, view: View, protocol: str | None) -> list[str]:
    names = expansion.library.tls13_default
    if not names or protocol not in (None, "TLSv1.3"):
        return []
    text = f"Not governed by this string: TLS 1.3, by default {', '.join(names)}. SSLCipherSuite TLSv1.3 sets them."
    return [*textwrap.wrap(text, view.width, break_on_hyphens=False), ""]


def _element_lines(expansion: Expansion, view: View) -> list[str]:
    found = remarks(expansion)
    if not found:
        return []
    width = min(26, max(len(view.clean(one.text)) for one in found))
    lines = [view.bold("What each element does, and how many suites the list has after it")]
    for one in found:
        lines += _element(one, view, width, server_name(expansion))
    return lines


def _element(remark: Remark, view: View, width: int, server: str) -> list[str]:
    """One element: its text, effect, names and notes."""
    head = view.clean(remark.text)
    indent = " " * (width + 10)
    by = f" [{server}]" if remark.by_mod_ssl else ""
    text = remark.summary + _names(remark) + by
    body = textwrap.wrap(text, max(24, view.width - len(indent)), break_on_hyphens=False)
    for note in () if remark.by_mod_ssl else remark.notes:
        wrapped = textwrap.wrap(view.clean(note), max(24, view.width - len(indent) - 2), break_on_hyphens=False)
        body += ["- " + wrapped[0], *("  " + line for line in wrapped[1:])]
    color = _EFFECT_COLORS[remark.effect]
    first, *rest = body
    lines = []
    if len(head) > width:
        lines.append(f"  {head}")
        head = ""
    lines.append(f"  {head:<{width}}  {remark.length:>4}  {view.paint(first, color)}")
    return lines + [indent + line for line in rest]


def _names(remark: Remark) -> str:
    if remark.element.operator == "@" or remark.effect in ("nothing", "ignored"):
        return ""
    names = [suite.name for suite in remark.changed]
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES + 1 else ""
    return ": " + ", ".join(names[:_SHOWN_NAMES] if more else names) + more if names else ""
