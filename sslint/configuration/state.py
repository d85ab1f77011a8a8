"""What the server knows while it reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..files import Files
from ..knowledge.targets import Target
from ..syntax import Trees
from .macros import Macro
from .variables import Variables


@dataclass
class State:
    """What the server knows at one point of its reading."""

    files: Files
    target: Target
    role: str
    server_root: str
    variables: Variables
    loaded: set[str]
    modules_certain: bool
    flags_certain: bool
    trees: Trees
    saw_load_module: bool = False
    macros: dict[str, Macro] = field(default_factory=dict)
    asked_for_modules: bool = False
    """Whether anything depended on what other modules there are."""

    def knows_modules(self) -> bool:
        """Whether no module is there but those that are loaded; remembers that somebody asked."""
        self.asked_for_modules = True
        return self.modules_certain
