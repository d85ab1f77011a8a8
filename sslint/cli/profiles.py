"""`sslint profiles`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from ..tls.profiles.model import Profile
from .terminal import emit, view

Command = TypeVar("Command", bound=Callable[..., object])


def _output(function: Command) -> Command:
    formats = click.Choice(("text", "json"))
    option = click.option("--output-format", "--format", type=formats, default="text", show_default=True)
    color = click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
    return option(color(function))


@click.group(invoke_without_command=True)
@_output
@click.pass_context
def command(context: click.Context, output_format: str, color: str) -> int:
    """List the policies that servers can be held to by `check --profile`; show or compare them."""
    if context.invoked_subcommand is not None:
        return 0
    from ..profiles import newest, shipped
    from ..views.profiles import list_data, list_lines

    profiles, editions = newest(), shipped()
    if output_format == "json":
        emit(_json({"profiles": list_data(profiles, editions)}))
    else:
        emit(list_lines(profiles, editions, view(color)))
    return 0


@command.command()
@click.argument("name", metavar="NAME[@EDITION]|FILE")
@_output
def show(name: str, output_format: str, color: str) -> int:
    """Tell what a profile asks, by which section, and which rule judges it."""
    from ..views.profiles import show_data, show_lines

    (found,) = _chosen([name])
    emit(_json(show_data(found)) if output_format == "json" else show_lines(found, view(color)))
    return 0


@command.command()
@click.argument("one", metavar="NAME[@EDITION]|FILE")
@click.argument("other", metavar="NAME[@EDITION]|FILE")
@_output
def compare(one: str, other: str, output_format: str, color: str) -> int:
    """Tell where two profiles contradict each other, differ and agree.

    The exit status is 1 where nothing meets both, else 0.
    """
    from ..tls.profiles.contradictions import contradictions
    from ..views.profiles import compare_data, compare_lines

    mine, theirs = _chosen([one, other])
    emit(_json(compare_data(mine, theirs)) if output_format == "json" else compare_lines(mine, theirs, view(color)))
    return int(any(contradictions(mine, theirs)))


def _chosen(names: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of names or paths, whole words each. Raises click.ClickException."""
    from .inputs import chosen_profiles, known_rules

    return chosen_profiles(tuple(names), known_rules())


def _json(content: object) -> list[str]:
    import json

    from .. import __version__

    head = {"schema_version": 1, "sslint_version": __version__}
    return [json.dumps({**head, **content} if isinstance(content, dict) else content, indent=2)]
