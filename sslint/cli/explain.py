"""`sslint explain`."""

from __future__ import annotations

import click

from ..explain import explain
from ..registry import UnknownRule
from ..reporters.page import page
from ..rule import RuleError
from .terminal import emit, view


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="CODE|SLUG...")
@click.option("--output-format", "--format", type=click.Choice(("text", "markdown")), default="text", show_default=True)
@click.option("--config", metavar="FILE", help="The settings file, instead of searching for .sslint.yaml.")
@click.option("--isolated", is_flag=True, help="Use no settings file, and so no rules of your own.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(names: tuple[str, ...], output_format: str, config: str | None, isolated: bool, color: str) -> int:
    """Tell what a rule means, why it matters, and what to write instead."""
    from .inputs import known_rules

    registry = known_rules(config, isolated)
    try:
        rules = [registry.get(name) for name in names]
    except (RuleError, UnknownRule) as error:
        raise click.ClickException(str(error)) from None
    seen = view(color)
    for number, rule in enumerate(rules):
        if number:
            emit([""])
        lines = explain(rule)
        emit(lines if output_format == "markdown" else page(lines, seen))
    return 0
