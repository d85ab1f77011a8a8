"""`sslint rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ..registry import UnknownRule
from ..reporters.view import View
from ..rule import Rule, RuleError
from .terminal import emit, view


@click.command()
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: codes, slugs, families.")
@click.option("--output-format", "--format", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--config", metavar="FILE", help="The settings file, instead of searching for .sslint.yaml.")
@click.option("--isolated", is_flag=True, help="Use no settings file, and so no rules of your own.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(select: tuple[str, ...], output_format: str, config: str | None, isolated: bool, color: str) -> int:
    """List the rules: those that ship, and those that the settings file around this folder brings."""
    from .inputs import known_rules, words

    registry = known_rules(config, isolated)
    try:
        rules = tuple(registry.select(words(select) or ["ALL"], (), ()))
    except (RuleError, UnknownRule) as error:
        raise click.ClickException(str(error)) from None
    emit(_json(rules) if output_format == "json" else _table(rules, view(color)))
    return 0


def _table(rules: Sequence[Rule], seen: View) -> Iterator[str]:
    """A line a rule, under the names of the families."""
    width = max((len(rule.slug) for rule in rules), default=0)
    family = ""
    for rule in rules:
        if rule.family != family:
            yield from ([""] if family else [])
            family = rule.family
            yield seen.bold(family)
        code = f"{rule.code}  " if rule.code != rule.slug else " " * 9
        severity = seen.severity(f"{rule.severity.word:<7}", rule.severity)
        marks = f"{'on' if rule.default else '-':<2}  {rule.fix.value + ' fix' if rule.fix else '':<10}"
        yield f"  {code}{rule.slug:<{width}}  {severity}  {marks}  {rule.summary}".rstrip()
    yield ""
    on = sum(rule.default for rule in rules)
    yield f"{len(rules)} rules, {on} of them on by default; the others run when --select or a profile names them."
    yield "`sslint explain RULE` tells more about one."


def _json(rules: Sequence[Rule]) -> list[str]:
    import json

    listed = [
        {
            "code": rule.code,
            "name": rule.slug,
            "family": rule.family,
            "severity": rule.severity.word,
            "fix": rule.fix.value if rule.fix else None,
            "default": rule.default,
            "since": rule.since,
            "summary": rule.summary,
            "reference": rule.reference,
        }
        for rule in rules
    ]
    return [json.dumps(listed, indent=2)]
