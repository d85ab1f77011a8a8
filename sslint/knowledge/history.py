"""What became of directives and modules: out of use since when, and what stands for them."""

from __future__ import annotations

from .directives import Deprecation, directives
from .modules import STOCK, Module, modules
from .versions import HttpdVersion

_BRANCHES = ("1.3", "2.0", "2.2", "2.4", "trunk")
_GONE_WITHIN = {"tls_module": HttpdVersion(2, 4, 63)}
"""Modules that a branch lost before its end."""
_SAMPLES = frozenset(
    {"case_filter_module", "case_filter_in_module", "backtrace_module", "whatkilledus_module", "example_module"}
)
"""Modules of httpd's sources that some packages still build."""
KEPT = frozenset({"alias", "no_effect"})
"""How a directive may be out of use and yet be taken without a word that matters."""


def deprecation(key: str, version: HttpdVersion) -> Deprecation | None:
    """How a directive (its name in lower case) is out of use in a release that still takes it; None where it is not."""
    facts = directives().lookup(key, section=False)
    gone = facts.deprecation if facts is not None else None
    if facts is None or gone is None or not facts.exists(version) or not gone.holds(version):
        return None
    return gone if gone.effect in KEPT else None


def successor(key: str, text: str, version: HttpdVersion) -> str | None:
    """The line that says the same as a use with these words, empty where nothing has to be said; None for no line."""
    facts = directives().lookup(key, section=False)
    return facts.successor(text, version) if facts is not None else None


def gone_module(identifier: str, version: HttpdVersion) -> Module | None:
    """A module of httpd's own that came with an earlier release and does not come with this one."""
    found = modules().find(identifier, version.branch)
    if found is None or not found.is_httpds or found.identifier != identifier:
        return None
    if identifier in _GONE_WITHIN:
        return found if version >= _GONE_WITHIN[identifier] else None
    if version.branch in found.where or version.branch != "2.4" or identifier in STOCK | _SAMPLES:
        return None  # of 2.4 alone all modules are known, also those that bring no directive
    earlier = _BRANCHES[: _BRANCHES.index(version.branch)]
    return found if any(branch in found.where for branch in earlier) else None
