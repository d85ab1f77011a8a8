"""The lists of rewriting lines that mod_rewrite keeps: one for each host, and one for each section.

Sources: `cmd_rewritecond`, `cmd_rewriterule`, `hook_uri2file` and `hook_fixup` in mod_rewrite.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..configuration.model import Directive, Item, Section
from ..lazily import lazy
from .host import VirtualHost
from .memory import kept
from .requests.rewrites import Rule, rules_of
from .sections import Scope, all_scopes
from .server import Server
from .setting import usable

_LINES = ("rewritecond", "rewriterule")
_WILD = re.compile(r"[*?\[]")
_ESCAPED_BLANK = re.compile(r"\\[ \t]")


class RuleSet:
    """The RewriteCond and RewriteRule lines of a host (`scope` is None) or a section, in their order."""

    def __init__(self, host: VirtualHost, scope: Scope | None, lines: list[Directive]) -> None:
        self.host = host
        self.scope = scope
        self.lines = usable(lines)
        self.is_whole = len(self.lines) == len(lines)
        """Whether no line was left out that stands under a condition which a reader takes for false."""

    @property
    def title(self) -> str:
        """The place that the list belongs to, as people call it."""
        if self.scope is not None:
            return self.scope.section.title
        return "this file" if self.host.server.configuration.role == "htaccess" else self.host.title

    @lazy
    def rules(self) -> list[Rule]:
        """The rules; empty where a line escapes blanks, which only mod_rewrite's own reader understands."""
        if any(_ESCAPED_BLANK.search(one.text) for one in self.lines):
            return []
        return rules_of(self.lines)

    @property
    def orphans(self) -> list[Directive]:
        """The conditions at the end, which no rule follows."""
        count = next((count for count, one in enumerate(reversed(self.lines)) if one.key == "rewriterule"), None)
        return self.lines[len(self.lines) - (len(self.lines) if count is None else count) :]

    @lazy
    def sees_slash(self) -> bool | None:
        """Whether patterns see paths with the leading slash: in a host they do, in a folder's section they don't.

        None where that can't be told: the text may be included anywhere, or the section is no single folder.
        """
        if self.scope is None:
            role = self.host.server.configuration.role
            if self.host.is_main and role == "fragment":
                return None
            return not (self.host.is_main and role == "htaccess")
        plain = self.scope.kind == "directory" and self.scope.outer is None and not _WILD.search(self.scope.argument)
        return False if plain else None


@kept
def rule_sets(server: Server) -> tuple[RuleSet, ...]:
    """Every list of a server that has a line."""
    return tuple(_rule_sets(server)) if not server.keys.isdisjoint(_LINES) else ()


def _rule_sets(server: Server) -> Iterator[RuleSet]:
    for host in server.hosts:
        if not host.own.keys().isdisjoint(_LINES):
            yield RuleSet(host, None, list(_lines(host.children)))
        for scope in all_scopes(host.own_scopes):
            if not scope.directives.keys().isdisjoint(_LINES):
                yield RuleSet(host, scope, list(_lines(scope.section.children)))


def _lines(items: Iterable[Item]) -> Iterator[Directive]:
    return (one for one in items if type(one) is not Section and one.key in _LINES)
