"""The truth of `<IfDefine>`, `<IfModule>`, `<IfVersion>`, `<IfFile>`, `<IfDirective>`, `<IfSection>`.

Sources: `start_cond_section` and the `test_if…_section` functions in httpd's server/core.c,
modules/metadata/mod_version.c.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files import Kind, below
from ..knowledge.directives import directives
from ..knowledge.modules import MPM_IDS, modules
from ..knowledge.versions import HttpdVersion
from ..syntax.lines import split_values
from ..text import leading_number

if TYPE_CHECKING:
    from .state import State


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a condition: its value, whether that is certain, and any complaint.

    An uncertain value is what a reader should assume where he must.
    """

    value: bool
    certain: bool = True
    complaint: str = ""

    def negated(self) -> Truth:
        """The truth of the opposite."""
        return Truth(not self.value, self.certain, self.complaint)


FIRST_VERSION = {
    "ifdefine": HttpdVersion(1, 3, 0),
    "ifmodule": HttpdVersion(1, 3, 0),
    "ifversion": HttpdVersion(2, 0, 56),
    "iffile": HttpdVersion(2, 4, 34),
    "ifdirective": HttpdVersion(2, 4, 34),
    "ifsection": HttpdVersion(2, 4, 34),
}
"""The condition sections and the release that brought each."""
NAMES = {
    "ifdefine": "IfDefine",
    "ifmodule": "IfModule",
    "ifversion": "IfVersion",
    "iffile": "IfFile",
    "ifdirective": "IfDirective",
    "ifsection": "IfSection",
}
"""As the reference spells them."""


def evaluate(key: str, argument: str, state: State) -> Truth:
    """The truth of a condition section.

    `argument` is the header's text up to its last `>`. A `!` counts only as the very first
    character; of several words, 2.4 looks at the first.
    """
    if key == "ifversion":
        return _version(argument, state)
    negate = argument.startswith("!")
    words = split_values(argument[1:] if negate else argument)
    if not words:
        return Truth(False, complaint=f"<{NAMES[key]}> has no argument")
    truth = _TESTS[key](words[0], state)
    return truth.negated() if negate else truth


def _define(name: str, state: State) -> Truth:
    if name in state.variables.flags:
        return Truth(True)
    return Truth(name in _LIKELY_FLAGS and not state.flags_certain, certain=state.flags_certain)


_LIKELY_FLAGS = ("SSL",)
"""What `apachectl startssl`, SUSE and Gentoo start the server with."""


def _module(name: str, state: State) -> Truth:
    branch = state.target.httpd.branch
    if modules().matches(name, state.loaded, branch):
        return Truth(True)
    if state.knows_modules() or not name.endswith((".c", "_module")):
        return Truth(False)
    if modules().identifier(name, branch) in MPM_IDS:
        return _mpm(modules().identifier(name, branch), state)
    known = modules().find(name, branch)
    is_there = known is not None and (branch in known.where or not known.is_httpds)
    return Truth(is_there and not state.saw_load_module, certain=False)


def _mpm(identifier: str, state: State) -> Truth:
    """An MPM that is not known to be there: a server has exactly one, so another one settles it."""
    others = state.loaded & MPM_IDS
    certain = bool(others - state.target.static_modules)
    if state.target.httpd < HttpdVersion(2, 4, 0):  # Compiled in, and prefork where nothing else was asked for.
        return Truth(not certain and identifier == "mpm_prefork_module", certain)
    return Truth(not others and identifier in _LIKELY_MPMS and not state.saw_load_module, certain)


_LIKELY_MPMS = ("mpm_event_module", "mpm_worker_module", "mpm_prefork_module")


def _file(name: str, state: State) -> Truth:
    kind = state.files.kind(below(state.server_root, name))
    if kind is Kind.UNKNOWN:
        return Truth(False, certain=False)
    return Truth(kind is not Kind.MISSING)


def _directive(name: str, state: State) -> Truth:
    is_section = name.startswith("<")
    return _exists(name.removeprefix("<"), is_section, state)


def _section(name: str, state: State) -> Truth:
    return Truth(False) if name.startswith("<") else _exists(name, True, state)


def _exists(name: str, is_section: bool, state: State) -> Truth:
    facts = directives().lookup(name, section=is_section)
    version = state.target.httpd
    if facts is None or not facts.exists(version):
        return Truth(False, certain=state.knows_modules())
    if any(module in state.loaded for module in facts.module_ids(version)):
        return Truth(True)
    known = state.knows_modules()
    return Truth(not known, certain=known)


_TESTS: dict[str, Callable[[str, State], Truth]] = {
    "ifdefine": _define,
    "ifmodule": _module,
    "iffile": _file,
    "ifdirective": _directive,
    "ifsection": _section,
}

_OPERATORS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "==": lambda order: order == 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
}


def _version(argument: str, state: State) -> Truth:
    words = split_values(argument)
    if not words:
        return Truth(False, complaint="<IfVersion> has no version")
    operator, value = ("=", words[0]) if len(words) == 1 else (words[0], words[1])
    negate = operator.startswith("!") and len(operator) > 1
    operator = operator[1:] if negate else operator
    result = _compare(operator, value, state.target.httpd)
    if isinstance(result, str):
        return Truth(False, complaint=result)
    return Truth(result is not negate)


def _compare(operator: str, value: str, version: HttpdVersion) -> bool | str:
    """The comparison's result, or what is wrong with it."""
    is_pattern = len(value) > 1 and value.startswith("/") and value.endswith("/")
    if operator == "~" or (operator in ("=", "==") and is_pattern):
        pattern = value[1:-1] if is_pattern else value
        try:
            return re.search(pattern, f"{version.major}.{version.minor}.{version.patch}") is not None
        except re.error as error:
            return f"the regular expression {value} can't be compiled: {error}"
    if operator not in _OPERATORS:
        return f"{operator} is no comparison operator of <IfVersion>"
    if not re.fullmatch(r"\d+(\.\d+){0,2}", value):
        return f"{value} is no version"
    numbers = [leading_number(part) for part in value.split(".")]
    numbers += [0] * (3 - len(numbers))
    mine = [version.major, version.minor, version.patch]
    return _OPERATORS[operator]((mine > numbers) - (mine < numbers))
