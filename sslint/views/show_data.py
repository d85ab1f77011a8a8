"""What is in force here and why, for programs."""

from __future__ import annotations

from ..server.merging.fold import Line, Loser
from ..server.merging.layers import Layer
from .answers import answer_data
from .in_force import InForce, Place
from .places import Data, Name, directive_data, origin_data, place_data

VERSION = 1


def place_data_of(place: Place, name: Name) -> dict[str, Data]:
    """A host or request, the layers that it meets, and what is in force."""
    host, asked = place.host, place.asked
    header = host.header
    return {
        "host": host.title,
        "name": host.name or None,
        "addresses": [str(address) for address in host.addresses],
        "main": host.is_main,
        "place": place_data(header, name) if header is not None else {"file": name(host.source.path), "line": 1},
        "url": asked.url if asked is not None else None,
        "path": asked.where.path if asked is not None else None,
        "backend": asked.where.backend if asked is not None else None,
        "answer": answer_data(place.answer, name) if place.answer is not None else None,
        "layers": [_layer(one, name) for one in place.layers],
        "settings": [_setting(one, place, name) for one in place.settings],
        "unseen": [name(path) for path in place.unseen],
        "unread": [name(path) for path in place.unread],
    }


def _layer(layer: Layer, name: Name) -> Data:
    scope = layer.scope
    found: dict[str, Data] = {"title": layer.title, "applies": layer.truth}
    if scope is not None:
        found |= directive_data(scope.section, name)
    elif layer.htaccess:
        found |= {"file": name(layer.htaccess), "refused": [directive_data(one, name) for one in layer.refused]}
    return found


def _setting(one: InForce, place: Place, name: Name) -> Data:
    effective = one.effective
    words: Data = None if effective.words is None else list(effective.words)
    return {
        "directive": one.name,
        "part": effective.part or None,
        "module": one.module,
        "value": one.value,
        "words": words,
        "list": effective.is_list,
        "origin": origin_data(effective.origin, name),
        "lines": [_line(line, place, name) for line in effective.lines],
        "maybe": [_line(line, place, name) for line in effective.maybe],
        "losers": [_loser(loser, place, name) for loser in effective.losers],
        "merging": {"record": effective.rule.record, "merge": effective.rule.merge, "source": effective.rule.source},
        "note": one.note or None,
    }


def _line(line: Line, place: Place, name: Name) -> dict[str, Data]:
    return {
        **directive_data(line.directive, name),
        "layer": next((number for number, one in enumerate(place.layers) if one is line.layer), None),
        "certain": line.certain,
        "limit": line.limit.argument.strip() if line.limit is not None else None,
    }


def _loser(loser: Loser, place: Place, name: Name) -> Data:
    by = directive_data(loser.by.directive, name) if loser.by is not None else None
    return {**_line(loser.line, place, name), "why": loser.why, "by": by}
