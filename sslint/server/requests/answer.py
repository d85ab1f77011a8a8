"""The answer to a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive

if TYPE_CHECKING:
    from ..host import VirtualHost


class Step(NamedTuple):
    """One thing that happens on the way, with the line that makes it happen; `is_placed` where that line is named."""

    words: str
    directive: Directive | None = None
    is_placed: bool = False

    @property
    def text(self) -> str:
        """The words, with the line's place."""
        return f"{self.words} ({place(self.directive)})" if self.is_placed and self.directive else self.words


@dataclass(frozen=True, slots=True)
class Answer:
    """A status code, and what gives it.

    `status` is None where it can't be told, or where none is sent; `why` says so. `by` is one of
    `redirect`, `rewrite`, `access`, `login`, `file`, `handler`, `proxy`, `protocol`, `handshake` and
    `connection`; `directive` the line that decides. `location` is the target of a redirect, as far as it
    is known, or the backend's URL.
    """

    status: int | None
    by: str
    host: VirtualHost
    directive: Directive | None = None
    location: str = ""
    why: str = ""
    steps: tuple[Step, ...] = ()


def named(host: VirtualHost) -> str:
    """A host by name, for steps."""
    return host.name or host.title


def place(directive: Directive) -> str:
    """Where a line stands."""
    return f"{directive.source.path}:{directive.line}"
