"""What `sslint explain` says of a rule: its metadata and its documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .rule import Rule
from .tls.profiles.model import Level, Profile


def explain(rule: Rule) -> Iterator[str]:
    """The page of a rule, in Markdown."""
    yield f"# {rule.slug} ({rule.code})"
    yield ""
    fix = f"{rule.fix.value} fix" if rule.fix else "no fix"
    facts = [rule.family, rule.severity.word, fix, f"since {rule.since}"]
    if not rule.default:
        facts.append("runs only when selected")
    yield " · ".join(facts)
    yield ""
    doc = rule.doc.strip()
    if doc:
        yield from doc.split("\n")
    else:
        yield "Python was started with -OO, which leaves documentation out."
    if rule.options and "## Options" not in doc:
        yield ""
        yield "## Options"
        for name, default in rule.options.items():
            yield f"- `{name}` (default: `{default}`)"
    if rule.reference and rule.reference not in doc:
        yield ""
        yield f"See {rule.reference}"
    yield from _profiles(rule)


def _profiles(rule: Rule) -> Iterator[str]:
    """What the newest editions of the profiles that ship ask of what a rule looks at, and where they disagree."""
    from .profiles import newest
    from .tls.profiles.subjects import SUBJECTS

    profiles = newest()
    subjects = [name for name, one in SUBJECTS.items() if rule.slug == one.rule or rule.slug in one.related]
    told = [line for name in subjects for line in _asked(profiles, name)]
    told += [line for one in profiles for line in _selecting(one, rule.slug)]
    if told:
        yield ""
        yield "## Profiles"
        yield "What the profiles that ship ask here; `sslint profiles show NAME` tells all of one."
        yield ""
        yield from told


def _asked(profiles: Sequence[Profile], subject: str) -> Iterator[str]:
    """Who asks what about a subject, and who contradicts whom."""
    from .tls.profiles.contradictions import contradictions
    from .tls.profiles.subjects import SUBJECTS
    from .tls.profiles.words import asked, weight

    heading = f"- **{SUBJECTS[subject].title}**"
    askers: dict[str, list[str]] = {}
    for profile in profiles:
        for one in profile.requirements:
            if one.subject == subject and one.level is not Level.MAY:
                askers.setdefault(asked(one), []).append(f"{profile.label} ({one.section}, {weight(one)})")
    for text, who in askers.items():
        yield f"{heading}: {text}: {', '.join(who)}"
    told = dict.fromkeys(
        f"{one.label} and {other.label}"
        for number, one in enumerate(profiles)
        for other in profiles[number + 1 :]
        if any(contradictions(one, other, subject))
    )
    if told:
        yield f"{heading}: nothing meets both {'; nor both '.join(told)}"


def _selecting(profile: Profile, slug: str) -> Iterator[str]:
    for one in profile.rules:
        if one.rule == slug:
            options = ", ".join(f"{name}: {value}" for name, value in one.options.items())
            yield f"- {profile.label} selects it ({one.section})" + (f" with {options}" if options else "")
