"""`sslint dev`: how sslint reads a file, room by room; what is done with rules stands in `dev_rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from ..files import DiskFiles, ReadError
from ..text import Source
from ..units import Unit
from .dev_rules import docs, new_rule, try_rules
from .inputs import absolute
from .reading import read_unit, reading_options
from .terminal import emit, view


@click.group()
def command() -> None:
    """Show how sslint reads a file, and make, try and describe rules."""


command.add_command(new_rule)
command.add_command(try_rules)
command.add_command(docs)


@command.command()
@click.argument("file")
def tokens(file: str) -> None:
    """The leaves of the syntax tree: what kind of line stands where."""
    from ..syntax import parse

    source = _source(file)
    for leaf in parse(source).leaves():
        line, column = source.position(leaf.start)
        emit([f"{line}:{column}\t{type(leaf).__name__}\t{source.text[leaf.start : leaf.end]!r}"])


@command.command()
@click.argument("file")
def tree(file: str) -> None:
    """The syntax tree."""
    emit(_tree(_source(file)))


def _tree(source: Source) -> Iterator[str]:
    from ..syntax import Section, parse
    from ..syntax.tree import Directive, Node

    stack: list[Iterator[Node]] = [parse(source).children]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        indent = "  " * (len(stack) - 1)
        line = source.line(node.start)
        if isinstance(node, Section):
            yield f"{line:>5} {indent}Section {node.header.text.strip()!r}"
            stack.append(iter(node.children))
        elif isinstance(node, Directive):
            words = " ".join(repr(word.value) for word in node.words)
            yield f"{line:>5} {indent}Directive {words}"
        else:
            yield f"{line:>5} {indent}{type(node).__name__} {node.text.strip()!r}".rstrip(" '")


@command.command()
@click.argument("main")
@reading_options
def expanded(main: str, **given: object) -> None:
    """What the server reads, in the layout of `httpd -t -DDUMP_CONFIG`."""
    from ..configuration.dump import render

    unit = read_unit(main, given)
    seen = view("never")
    text = render(unit.configuration, lambda path: seen.path(unit.path_map.real(path)))
    lines = text.removesuffix("\n").split("\n")
    emit(map(seen.clean, lines) if sys.stdout.isatty() else lines)  # bytes as they are, for a program


@command.command()
@click.argument("main")
@reading_options
def model(main: str, **given: object) -> None:
    """The server that a configuration makes: hosts, sockets, and the TLS settings in force."""
    from ..server import build

    unit = read_unit(main, given)
    seen = view("never")
    target = unit.configuration.target
    lines = [
        f"read as {unit.configuration.role}, for httpd {target.httpd} with OpenSSL {target.openssl} ({target.preset})"
    ]
    for host in build(unit.configuration).hosts:
        place = f"{seen.path(unit.path_map.real(host.source.path))}:{host.source.line(host.span.start)}"
        sockets = ", ".join(str(socket.address) for socket in host.sockets) or "no socket"
        lines += ["", f"{host.title} at {place}", f"  met at: {sockets}"]
        tls = {True: "on", False: "off", None: "unknown"}[host.is_tls]
        lines.append(f"  TLS: {tls} ({_origin(host.engine.origin, seen, unit)})")
        for key in ("sslprotocol", "sslciphersuite", "sslcertificatefile", "sslcertificatekeyfile"):
            setting = host.setting(key)
            value = " ".join(argument.value for argument in setting.value or ())
            lines.append(f"  {key}: {value or '-'} ({_origin(setting.origin, seen, unit)})")
    emit(seen.clean(line) for line in lines)


def _origin(origin: object, seen: object, unit: Unit) -> str:
    from ..reporters.view import View
    from ..server import Default, Inherited, Unknown

    assert isinstance(seen, View)
    if isinstance(origin, Default):
        return f"default of {origin.of}"
    if isinstance(origin, Unknown):
        return origin.why
    directive = origin.directive if isinstance(origin, Inherited) else origin
    place = f"{seen.path(unit.path_map.real(directive.source.path))}:{directive.line}"  # type: ignore[attr-defined]
    return f"{place}, inherited from {origin.host.title}" if isinstance(origin, Inherited) else place


def _source(file: str) -> Source:
    try:
        return Source.from_bytes(file, DiskFiles().read(absolute(file)))
    except ReadError as error:
        raise click.ClickException(f"cannot read {file}: {error}") from None
