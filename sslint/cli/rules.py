"""`sslint rules`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..registry import UnknownRule, load
from ..rule import Rule, RuleError
from .terminal import emit


@click.command()
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: codes, slugs, families.")
@click.option("--output-format", "--format", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(select: tuple[str, ...], output_format: str) -> int:
    """List the rules."""
    from .inputs import words

    try:
        registry = load()
        rules = tuple(registry.select(words(select) or ["ALL"], (), ()))
    except (RuleError, UnknownRule) as error:
        raise click.ClickException(str(error)) from None
    emit(_json(rules) if output_format == "json" else _table(rules))
    return 0


def _table(rules: Sequence[Rule]) -> list[str]:
    width = max((len(rule.slug) for rule in rules), default=0)
    return [
        f"{rule.code}  {rule.slug:<{width}}  {rule.severity.word:<7}  "
        f"{rule.fix.value + ' fix' if rule.fix else '':<10}  {rule.summary}".rstrip()
        for rule in rules
    ]


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
