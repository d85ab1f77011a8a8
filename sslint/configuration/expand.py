"""The door to this room: from a main file to its configuration."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..files import Files
from ..knowledge.modules import modules
from ..knowledge.targets import Target
from ..syntax import Trees
from ..text import Source
from .handlers import BudgetExceeded
from .macros import Macro
from .model import Directive, Item
from .problem import Problem
from .reader import Reader
from .state import State
from .variables import Variables

Role = Literal["main", "fragment", "htaccess"]


@dataclass(frozen=True)
class Configuration:
    """The directives that a server reads, in order.

    `sources` are all files read, by path; `includes` the directives that brought each in.
    `read_errors` are pairs of path and reason. `loaded` holds the identifiers of the modules that
    are known to be there at the end; `modules_certain` says whether that is all of them, and
    `asked_for_modules` whether the reading may have gone another way if it said otherwise. `variables` and
    `macros` (by their names in lower case) are those that are defined at the end.
    """

    main: str
    role: Role
    target: Target
    children: list[Item]
    sources: Mapping[str, Source]
    problems: list[Problem]
    includes: Mapping[str, list[Directive]]
    read_errors: list[tuple[str, str]]
    loaded: frozenset[str]
    modules_certain: bool
    asked_for_modules: bool
    server_root: str
    variables: Variables
    macros: Mapping[str, Macro]

    def lacks(self, *names: str) -> bool:
        """Whether it is certain that none of some modules is loaded."""
        return self.modules_certain and self.loaded.isdisjoint(names)

    @property
    def unfamiliar_modules(self) -> list[str]:
        """The loaded modules of which nothing is known here, not even their directives."""
        return sorted(name for name in self.loaded if not modules().knows(name))


def expand(
    main: str,
    files: Files,
    target: Target,
    *,
    role: Role = "main",
    server_root: str | None = None,
    defines: Iterable[str] = (),
    modules_certain: bool = False,
    flags_certain: bool = False,
    environment: Mapping[str, str] | None = None,
    trees: Trees | None = None,
) -> Configuration:
    """Read a configuration as the target's server would.

    `main` is the absolute path of the main file, or of a fragment or .htaccess. `server_root`
    overrides the target's and any ServerRoot directive. `defines` are the words of `-D`.
    `modules_certain` says that no module is there but the target's static and assumed ones and
    those that LoadModule names; `flags_certain`, that no `-D` flag is set but `defines`.
    `environment` are environment variables, beside the target's. `trees` keeps what was parsed for the next time.
    """
    state = State(
        files=files,
        target=target,
        role=role,
        server_root=server_root or target.server_root,
        variables=Variables(defines, {**target.environment, **(environment or {})}),
        loaded=set(target.static_modules | target.assumed_modules),
        modules_certain=modules_certain,
        flags_certain=flags_certain,
        trees=trees or Trees(),
    )
    reader = Reader(state, fixed_root=server_root is not None)
    collecting = gc.isenabled()
    gc.disable()  # Everything built here is kept, so the collector would only cost time.
    try:
        reader.read_main(main)
    except BudgetExceeded as stop:
        reader.problem("budget-exceeded", stop.link.frame, stop.link.span, stop.message)
    finally:
        if collecting:
            gc.enable()
    return Configuration(
        main=main,
        role=role,
        target=target,
        children=reader.children,
        sources=reader.sources,
        problems=reader.problems,
        includes=reader.includes,
        read_errors=reader.read_errors,
        loaded=frozenset(state.loaded),
        modules_certain=modules_certain,
        asked_for_modules=state.asked_for_modules,
        server_root=state.server_root,
        variables=state.variables,
        macros=state.macros,
    )
