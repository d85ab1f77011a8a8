"""Numbers in force, compared with what a policy asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    InForce,
    Server,
    assumption,
    fix_at_end,
    in_force,
    number_of,
    replace,
)


class Number(NamedTuple):
    """A number in force, of the directive `name`; `argument` is None where it is httpd's default."""

    name: str
    value: int
    argument: Argument | None
    setting: InForce

    @property
    def title(self) -> str:
        """`Timeout 300`, or `httpd's default, Timeout 60,`."""
        words = f"{self.name} {self.value}"
        return words if self.argument is not None else f"httpd's default, {words},"


def numbers(server: Server, name: str, default: int) -> Iterator[Number]:
    """What hosts have in force of a directive whose first argument is a number; what is none is left out."""
    for one in in_force(server, name.lower()):
        if one.directive is None:
            yield Number(name, default, None, one)
            continue
        for word in one.arguments[:1]:
            value = number_of(word.value)
            if value is not None:
                yield Number(name, value, word, one)


def report(context: Context, number: Number, asked: int, consequence: str) -> Diagnostic:
    """A finding at the number, or for the whole server where it is a default; the fix writes what is asked for."""
    line = f"{number.name} {asked}"
    message = f"{number.title} {consequence}"
    if number.argument is not None:
        fix = context.fix(f"write {line}", replace(number.argument, str(asked)))
        return context.report(
            number.argument, message, label="set here", notes=assumption(number.setting.directive), fix=fix
        )
    main = context.server.main
    return context.report(
        main, message, label=f"no {number.name} is in force", fix=fix_at_end(context, f"add {line}", line)
    )
