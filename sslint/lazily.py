"""Properties that are worked out when somebody asks, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as `property` is
    """`functools.cached_property` without the lock that costs more than most answers do (up to Python 3.11)."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.name = ""
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object, owner: type) -> lazy[T] | T:
        if instance is None:
            return self
        found = instance.__dict__[self.name] = self.work(instance)
        return found
