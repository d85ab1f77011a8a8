"""What `sslint explain` says of a rule: its metadata and its documentation."""

from __future__ import annotations

from collections.abc import Iterator

from .rule import Rule


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
