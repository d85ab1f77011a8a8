"""What is worked out once for a server, and kept with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from .server import Server

P = ParamSpec("P")
T = TypeVar("T")


def kept(function: Callable[Concatenate[Server, P], T]) -> Callable[Concatenate[Server, P], T]:
    """Lets a function work once for a server, and for each further argument: what it gives is kept in its memory."""

    @functools.wraps(function)
    def once(server: Server, /, *args: P.args, **kwargs: P.kwargs) -> T:
        memory, key = server.memory, (function, *args, *kwargs.items())
        if key not in memory:
            memory[key] = function(server, *args, **kwargs)
        return cast("T", memory[key])

    return once
