"""`sslint explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from ..explain import explain
from ..registry import UnknownRule, load
from ..reporters.view import View
from ..rule import RuleError
from .terminal import emit, view


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="CODE|SLUG...")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(names: tuple[str, ...], color: str) -> int:
    """Tell what a rule means, why it matters, and what to write instead."""
    try:
        registry = load()
        rules = [registry.get(name) for name in names]
    except (RuleError, UnknownRule) as error:
        raise click.ClickException(str(error)) from None
    seen = view(color)
    for number, rule in enumerate(rules):
        if number:
            emit([""])
        emit(_painted(explain(rule), seen))
    return 0


def _painted(lines: Iterable[str], seen: View) -> Iterator[str]:
    """Markdown with its headings and marks in colour."""
    fenced = False
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("#") and not fenced:
            yield seen.bold(line)
        elif fenced and line.lstrip().startswith("#"):
            yield seen.paint(line, "36")
        else:
            yield line
