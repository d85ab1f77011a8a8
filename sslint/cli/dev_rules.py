"""The commands of `sslint dev` for those who write rules: a beginning, a trial, the pages of all."""

from __future__ import annotations

import os

import click

from ..rule import FAMILIES, OWN, RuleError
from .terminal import emit, view


@click.command("new-rule")
@click.argument("slug")
@click.option("--family", type=click.Choice(FAMILIES), required=True, help="The family that it belongs to.")
@click.option("--rules", "folder", default="rules", show_default=True, help="The folder of the rules.")
def new_rule(slug: str, family: str, folder: str) -> None:
    """Write the beginning of a rule; its tests fail until it is filled in."""
    from ..registry import load
    from ..scaffold import scaffold

    try:
        registry = load()
        path, text = scaffold(slug, family, registry)
    except (RuleError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    target = os.path.join(folder, path)
    if os.path.exists(target):
        raise click.ClickException(f"{target} is already there")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "x", encoding="utf-8") as stream:
        stream.write(text)
    emit([f"Wrote {target}: fill in its sections, then run `pytest tests/test_meta.py tests/test_examples.py`."])


@click.command("test-rules")
@click.argument("names", nargs=-1, metavar="[RULES]...")
@click.option("--config", metavar="FILE", help="The settings file, instead of searching for .sslint.yaml.")
def try_rules(names: tuple[str, ...], config: str | None) -> int:
    """Try rules on the examples in their documentation: those of your own, or the named ones."""
    from ..proof import prove
    from ..registry import UnknownRule
    from .inputs import known_rules

    try:
        registry = known_rules(config)
        rules = [rule for name in names or (OWN,) for rule in registry.matching(name)]
    except UnknownRule as error:
        raise click.ClickException(str(error)) from None
    failed = examples = 0
    seen = view("never")
    for rule in rules:
        proof = prove(rule, registry, declared=not rule.since)
        examples += proof.examples
        failed += bool(proof.faults)
        for fault in proof.faults:
            emit(seen.clean(line) for line in f"{rule.slug}: {fault}".split("\n"))
    emit([f"{len(rules)} rules with {examples} examples: {failed} failed."])
    return int(failed > 0)


@click.command()
@click.argument("folder", default="docs/rules")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not as it would be written.")
def docs(folder: str, check: bool) -> int:
    """Write the rules' pages and their list, and take out the pages of rules that are gone."""
    from ..catalogue import pages
    from ..registry import load

    texts = pages(load().rules)
    there = set(os.listdir(folder)) if os.path.isdir(folder) else set()
    stale = sorted(name for name in there | set(texts) if _read(folder, name) != texts.get(name))
    for name in [] if check else stale:
        path = os.path.join(folder, name)
        if name in texts:
            os.makedirs(folder, exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(texts[name])
        else:
            os.unlink(path)
    emit([f"{len(texts)} pages, {len(stale)} {'stale' if check else 'written anew'}."])
    return int(check and bool(stale))


def _read(folder: str, name: str) -> str | None:
    try:
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return None
