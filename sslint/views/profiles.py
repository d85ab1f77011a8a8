"""Profiles as tables and as plain data: which there are, what one asks, and where two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..reporters.excerpt import wrap
from ..reporters.view import View
from ..tls.profiles.contradictions import contradictions
from ..tls.profiles.model import Bound, Item, Level, Mixed, Pattern, Profile, Requirement, Selected
from ..tls.profiles.subjects import SUBJECTS
from ..tls.profiles.words import asked, weight

Data = Mapping[str, object]
_DIM, _RED, _YELLOW, _CYAN = "2", "31", "33", "36"
_GAP = "  "
_WIDEST = 34
_NAMES = 12
"""So many names of a list are shown; the JSON has all."""


def _table(rows: Sequence[Sequence[str]], view: View, styles: Sequence[str]) -> Iterator[str]:
    """Rows in columns; the last column is wrapped to the width that is left."""
    rows = [[*(view.cut(cell, _WIDEST) for cell in row[:-1]), view.clean(row[-1])] for row in rows]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(len(styles) - 1)]
    used = sum(widths) + len(_GAP) * len(widths)
    for row in rows:
        parts = wrap(row[-1], max(30, view.width - used)) or [""]
        for number, part in enumerate(parts):
            cells = row[:-1] if number == 0 else [""] * len(widths)
            shown = [
                view.paint(cell, style) + " " * (width - len(cell))
                for cell, width, style in zip(cells, widths, styles, strict=False)
            ]
            yield _GAP.join([*shown, view.paint(part, styles[-1])]).rstrip()


# The list


def list_lines(profiles: Sequence[Profile], editions: Mapping[str, Sequence[str]], view: View) -> Iterator[str]:
    """One row for each profile, with its newest edition that was read as a whole, and the others."""
    rows = [[one.name, one.edition, one.released, f"{_titled(one)}{_others(one, editions)}"] for one in profiles]
    yield from _table([["NAME", "EDITION", "RELEASED", "TITLE"], *rows], view, ("1", "", "", ""))


def _titled(profile: Profile) -> str:
    return profile.title if profile.publisher in profile.title else f"{profile.publisher}: {profile.title}"


def _others(profile: Profile, editions: Mapping[str, Sequence[str]]) -> str:
    others = [edition for edition in editions[profile.name] if edition != profile.edition]
    return f" (also {', '.join(others)})" if others else ""


def list_data(profiles: Sequence[Profile], editions: Mapping[str, Sequence[str]]) -> list[Data]:
    """The same as plain data."""
    return [{**_head(one), "editions": list(editions[one.name])} for one in profiles]


def _head(profile: Profile) -> dict[str, object]:
    return {
        "name": profile.name,
        "edition": profile.edition,
        "title": profile.title,
        "publisher": profile.publisher,
        "released": profile.released,
        "source": profile.source,
        "note": profile.note,
        "partial": profile.partial,
    }


# One profile


def show_lines(profile: Profile, view: View) -> Iterator[str]:
    """What a profile asks: what is judged, what it leaves open, and what no configuration decides."""
    yield view.bold(view.clean(f"{profile.label}: {profile.title}"))
    for text in (f"{profile.publisher}, {profile.released}. Read in: {profile.source}.", profile.note):
        yield from (view.paint(line, _DIM) for line in wrap(view.clean(text), view.width) if line)
    if profile.partial:
        yield view.paint("Only parts of this edition were read: what it does not list here may be asked all the same.",
                         _YELLOW)  # fmt: skip
    judged = [one for one in profile.requirements if one.level is not Level.MAY and SUBJECTS[one.subject].rule]
    allowed = [one for one in profile.requirements if one.level is Level.MAY]
    undecided = [one for one in profile.requirements if one not in judged and one not in allowed]
    rows = [[one.section, weight(one), SUBJECTS[one.subject].rule, _sentence(one)] for one in judged]
    yield from _part("Judged", rows, view)
    rows = [[one.section, _level(one), one.rule, _selection(one)] for one in profile.rules]
    yield from _part("Judged by rules that it selects", rows, view)
    yield from _part("Not decided by a configuration, and never counted as passed",
                     [[one.section, weight(one), "", _sentence(one)] for one in undecided], view)  # fmt: skip
    yield from _part("Allowed, nothing to judge",
                     [[one.section, weight(one), "", _sentence(one)] for one in allowed], view)  # fmt: skip


def _part(heading: str, rows: Sequence[Sequence[str]], view: View) -> Iterator[str]:
    if rows:
        yield ""
        yield view.bold(heading)
        yield from _table(rows, view, ("", _YELLOW, _CYAN, ""))


def _level(one: Selected) -> str:
    word = one.severity.word if one.severity is not None else ""
    return word if one.basis.value != "recall" else f"{word} recalled".strip()


def _selection(one: Selected) -> str:
    options = ", ".join(f"{name}: {_shown(value)}" for name, value in one.options.items())
    return "; ".join(part for part in (options, one.note, _tags(one)) if part)


def _tags(one: Requirement | Selected) -> str:
    """The publisher's numbers that the section does not tell."""
    return " ".join(tag for tag in one.tags if tag not in one.section)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _sentence(one: Requirement) -> str:
    text = asked(one, None) if one.subject == "undecided" else f"{SUBJECTS[one.subject].title}: {asked(one, _NAMES)}"
    dates = [f"since {one.since}"] if one.since else []
    dates += [f"until {one.until}"] if one.until else []
    extra = "; ".join(part for part in (*dates, one.note, _tags(one)) if part)
    return f"{text} ({extra})" if extra else text


def show_data(profile: Profile) -> Data:
    """The same as plain data."""
    return {
        **_head(profile),
        "requirements": [_requirement(one) for one in profile.requirements],
        "rules": [
            {
                "rule": one.rule,
                "section": one.section,
                "severity": one.severity.word if one.severity is not None else None,
                "options": {name: list(v) if isinstance(v, tuple) else v for name, v in one.options.items()},
                "basis": one.basis.value,
                "note": one.note,
                "tags": list(one.tags),
            }
            for one in profile.rules
        ],
    }


def _requirement(one: Requirement) -> Data:
    return {
        "subject": one.subject,
        "asks": _ask(one),
        "text": asked(one, None),
        "section": one.section,
        "level": one.level.value,
        "basis": one.basis.value,
        "verified": one.verified,
        "judged_by": (SUBJECTS[one.subject].rule or None) if one.level is not Level.MAY else None,
        "note": one.note,
        "tags": list(one.tags),
        "since": one.since,
        "until": one.until,
    }


def _ask(one: Requirement) -> object:
    if isinstance(one.ask, Bound):
        return {key: value for key, value in one.ask._asdict().items() if value is not None}
    if isinstance(one.ask, Mixed):
        lists = {"only": one.ask.only, "require": one.ask.require or None, "any": one.ask.any or None,
                 "forbid": one.ask.forbid or None}  # fmt: skip
        return {key: [_item(item) for item in items] for key, items in lists.items() if items is not None}
    return one.ask


def _item(item: Item) -> object:
    if not isinstance(item, Pattern):
        return item
    parts = {key.replace("_", "-"): value for key, value in item._asdict().items() if value}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in parts.items()}


# Two profiles


def compare_lines(one: Profile, other: Profile, view: View) -> Iterator[str]:
    """What nothing meets both of, then what they ask differently, then what they agree on."""
    clashes = [found.mine.subject for found in contradictions(one, other)]
    parts: dict[str, list[list[str]]] = {"contradict": [], "differ": [], "agree": []}
    for subject in SUBJECTS:
        mine, theirs = _texts(one, subject), _texts(other, subject)
        if not (mine or theirs) or subject == "undecided":
            continue
        kind = "contradict" if subject in clashes else "agree" if mine == theirs else "differ"
        title = SUBJECTS[subject].title
        if kind == "agree":
            parts[kind].append([title, "both", "; ".join(mine)])
        else:
            parts[kind].append([title, one.label, "; ".join(mine) or "-"])
            parts[kind].append(["", other.label, "; ".join(theirs) or "-"])
    headings = {
        "contradict": "They contradict each other: nothing meets both",
        "differ": "They ask differently",
        "agree": "They agree",
    }
    begun = False
    for kind, rows in parts.items():
        if rows:
            if begun:
                yield ""
            begun = True
            yield view.paint(headings[kind], "1;31") if kind == "contradict" else view.bold(headings[kind])
            yield from _table(rows, view, ("", _CYAN, ""))
    if not begun:
        yield "Neither asks for anything that a configuration decides."


def _texts(profile: Profile, subject: str) -> list[str]:
    found = [one for one in profile.requirements if one.subject == subject and one.level is not Level.MAY]
    return [f"{asked(one)} ({weight(one)})" for one in found]


def compare_data(one: Profile, other: Profile) -> Data:
    """The same as plain data."""
    found = list(contradictions(one, other))
    clashes = {clash.mine.subject for clash in found}
    subjects = {}
    for subject in SUBJECTS:
        mine, theirs = _asks(one, subject), _asks(other, subject)
        if (mine or theirs) and subject != "undecided":
            agree = _texts(one, subject) == _texts(other, subject)
            relation = "contradict" if subject in clashes else "agree" if agree else "differ"
            subjects[subject] = {"relation": relation, "profiles": [mine, theirs]}
    return {"profiles": [one.label, other.label], "subjects": subjects}


def _asks(profile: Profile, subject: str) -> list[Data]:
    found = [one for one in profile.requirements if one.subject == subject and one.level is not Level.MAY]
    return [_requirement(one) for one in found]
