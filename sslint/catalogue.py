"""The rules' documentation as files: a page for each rule, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .explain import explain
from .rule import Rule

HEAD = "<!-- Made by `sslint dev docs`; do not edit. -->"


def pages(rules: Sequence[Rule]) -> Mapping[str, str]:
    """The texts of all files by their names: `SLUG.md` for each rule, and `README.md` for the list."""
    texts = {f"{rule.slug}.md": _text([HEAD, "", *explain(rule)]) for rule in rules}
    return {**texts, "README.md": _text(_catalogue(rules))}


def _catalogue(rules: Sequence[Rule]) -> Iterator[str]:
    on = sum(rule.default for rule in rules)
    yield from (HEAD, "", "# The rules", "")
    yield f"{len(rules)} rules, {on} of them on by default. The others are matters of policy or of taste: they run"
    yield "when `--select` names them, or a [profile](../profiles.md) asks for them. `sslint explain RULE` shows a page"
    yield "in the terminal. How findings are silenced, and severities and options changed: [Settings](../settings.md)."
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            yield from (
                "",
                f"## {family}",
                "",
                "| code | rule | | severity | fix | default |",
                "|---|---|---|---|---|---|",
            )
        fix = rule.fix.value if rule.fix else ""
        default = "on" if rule.default else ""
        summary = rule.summary.replace("|", "\\|")
        severity = rule.severity.word
        yield f"| {rule.code} | [{rule.slug}]({rule.slug}.md) | {summary} | {severity} | {fix} | {default} |"


def _text(lines: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
