"""What is known of a directive, for people."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.directives import DirectiveFacts, directives
from ..knowledge.places import Permission, Place
from ..knowledge.versions import HttpdVersion
from .markdown import block, code, plain

_CONTEXTS = (
    ("server config", (Place.SERVER,)),
    ("virtual host", (Place.VHOST,)),
    ("directory", (Place.DIRECTORY, Place.LOCATION, Place.FILES)),
    (".htaccess", (Place.HTACCESS,)),
)


def facts_of(name: str, is_section: bool) -> DirectiveFacts | None:
    """What is known of a name."""
    return directives().lookup(name, section=is_section)


def page_of(facts: DirectiveFacts, version: HttpdVersion) -> str:
    """The address of httpd's manual page on a directive; empty for other people's modules."""
    if facts.package is not None:
        return ""
    module = next(iter(facts.modules(version) or facts.modules()), "")
    name = module if module.startswith("mod_") else "core" if "core" in module else "mpm_common"
    return f"https://httpd.apache.org/docs/2.4/mod/{name}.html#{facts.name.lower()}"


def contexts(facts: DirectiveFacts, version: HttpdVersion) -> list[str]:
    """Where it may stand."""
    return [
        word
        for word, places in _CONTEXTS
        if any(facts.allowed(place, version) is Permission.ALLOWED for place in places)
    ]


def lines(facts: DirectiveFacts, version: HttpdVersion) -> Iterator[str]:
    """What is known, as paragraphs of Markdown."""
    name = f"<{facts.name}>" if facts.is_section else facts.name
    yield f"**{plain(name)}** · {_owner(facts, version)}"
    if facts.syntax:
        yield block(list(facts.syntax), "apache")
    yield "  \n".join(_details(facts, version))
    for note in facts.notes:
        yield plain(note)


def _owner(facts: DirectiveFacts, version: HttpdVersion) -> str:
    modules = facts.modules(version) or facts.modules()
    owner = ", ".join(modules) or "unknown module"
    return plain(f"{owner} ({facts.package})" if facts.package else owner)


def _details(facts: DirectiveFacts, version: HttpdVersion) -> Iterator[str]:
    if facts.default:
        yield f"Default: {code(facts.default[0])}"
    where = contexts(facts, version)
    if where:
        yield f"Context: {', '.join(where)}"
    classes = facts.override_classes(version)
    if classes and ".htaccess" in where:
        yield f"AllowOverride: {' or '.join(sorted(classes)) if len(classes) < 5 else 'any'}"
    since = facts.cells.get("since", "")
    if since:
        yield f"Since httpd {plain(since)}"
    if not facts.exists(version):
        yield f"**Not known to httpd {version}**"
    out = facts.deprecation
    if out is not None:
        instead = f"; instead: {', '.join(out.replaced_by)}" if out.replaced_by else ""
        yield plain(f"Out of use since {out.since} ({out.effect.replace('_', ' ')}){instead}")
