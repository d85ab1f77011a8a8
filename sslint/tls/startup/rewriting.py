"""RewriteEngine in folders whose Options forbid it.

Source: `hook_fixup` in mod_rewrite.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...configuration.model import Directive
from ...diagnostic import Related
from ...server import Reach, Scope, Server, VirtualHost
from . import Effect, StartFailure, blame, numbered

_LINKS = frozenset({"followsymlinks", "symlinksifownermatch"})
_BY_DEFAULT = frozenset({"followsymlinks"})
_IF = frozenset({"if", "elseif", "else"})


def forbidden_rewriting(server: Server) -> Iterator[StartFailure]:
    """Sections with RewriteEngine on and Options without FollowSymLinks or SymLinksIfOwnerMatch."""
    if not server.is_complete:
        return
    reach = Reach.of(server)
    told: set[tuple[str, int]] = set()
    rewriting: dict[VirtualHost, bool] = {}
    for owner, scope in reach.scopes():
        if owner not in rewriting:
            rewriting[owner] = any("rewriteengine" in level.directives for level in reach.levels(owner))
        if (
            not rewriting[owner]
            or scope.kind in _IF
            or not ("options" in scope.directives or "rewriteengine" in scope.directives)
        ):
            continue
        for where in reach.mapper(owner).requests_for(scope)[:1]:
            levels = [one for one in reach.levels(owner) if one.kind not in _IF and one.covers(where)]
            engine, options = _last(levels, "rewriteengine"), _options(levels)
            if engine is None or options is None or not _is_on(engine) or _may_be_overridden(levels):
                continue
            place = (engine.source.path, engine.start)
            if place not in told:
                told.add(place)
                yield _forbidden(server, scope, engine, options)


def _last(levels: list[Scope], key: str) -> Directive | None:
    found = [one for level in levels for one in level.directives.get(key, ())]
    return found[-1] if found else None


def _is_on(directive: Directive) -> bool:
    return directive.keyword == "on"


def _options(levels: list[Scope]) -> Directive | None:
    """The Options line that took links away; None where they may be followed, as by default."""
    allowed, taker = set(_BY_DEFAULT), None
    for directive in (one for level in levels for one in level.directives.get("options", ())):
        words = [word.lower() for word in directive.values]
        if any(word[:1] not in "+-" for word in words):
            allowed = set()
        for word in words:
            names = _LINKS if word.lstrip("+-") == "all" else _LINKS & {word.lstrip("+-")}
            allowed = allowed - names if word[:1] == "-" else allowed | names
        taker = None if allowed else taker or directive
    return taker


def _may_be_overridden(levels: list[Scope]) -> bool:
    """Whether a .htaccess file may say otherwise."""
    line = _last(levels, "allowoverride")
    words = {word.lower().partition("=")[0] for word in line.values} if line is not None else set()
    return bool(words & {"all", "options", "fileinfo"})


def _forbidden(server: Server, scope: Scope, engine: Directive, options: Directive) -> StartFailure:
    code = numbered(server, "AH00670")
    number = f" ({code})" if code else ""
    return blame(
        "rewrite-without-symlinks",
        Effect.REQUEST,
        engine,
        f"Options {options.text.strip()} forbids rewriting: every request for "
        f"{scope.section.title} gets status 403{number}",
        arguments=engine.arguments[:1],
        code=code,
        label="needs FollowSymLinks",
        related=(Related(options.source, options.span, "taken away here"),),
    )
