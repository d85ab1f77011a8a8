"""What is worked out once for a server or a host, and kept with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Keeper(Protocol):
    """A server or a host: it has a memory for what was worked out about it."""

    @property
    def memory(self) -> dict[object, object]: ...


K = TypeVar("K", bound=Keeper)


def kept(function: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """Lets a function work once for a server or host, and for each further argument: what it gives stays with it."""

    @functools.wraps(function)
    def once(keeper: K, /, *args: P.args, **kwargs: P.kwargs) -> T:
        memory, key = keeper.memory, (function, *args, *kwargs.items()) if args or kwargs else function
        if key not in memory:
            memory[key] = function(keeper, *args, **kwargs)
        return memory[key]  # type: ignore[return-value] # a cast would be a call

    return once
