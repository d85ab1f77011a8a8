"""Every setting in force in a place, the line that won, and those that lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sections import Where
from ..setting import Inherited, Origin
from . import flags, requiring, rewriting, tables
from .fold import FOLDS, Folded, Line, Loser
from .layers import Htaccess, Layer, Truth, request_layers, server_layers
from .merge import MergeRule, merging

if TYPE_CHECKING:
    from ..host import VirtualHost


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting in force.

    `key` is the directive's name in lower case, of lines of several names the last one's; `part` what the
    line speaks of where the directive has a value for each (a status, a variable), else empty. `words` are
    the value, None where nothing is set or a line takes it away; of a list they are those of its last line.
    `lines` act in their order; `losers` have no say; `maybe` would win if their condition held.
    """

    key: str
    part: str
    rule: MergeRule
    words: tuple[str, ...] | None
    lines: tuple[Line, ...]
    losers: tuple[Loser, ...]
    maybe: tuple[Line, ...]
    origin: Origin

    @property
    def is_list(self) -> bool:
        """Whether its lines act together, rather than the last for all."""
        return self.rule.repeat == "append" or self.rule.merge in ("append", "prepend", "index", "rewrite")

    @property
    def winner(self) -> Line | None:
        """The line that decides, or the last that has a say."""
        return self.lines[-1] if self.lines else None


def effective(
    host: VirtualHost,
    where: Where | None = None,
    keys: Iterable[str] = (),
    *,
    truth: Truth | None = None,
    htaccess: Htaccess | None = None,
) -> list[Effective]:
    """The settings that something sets in a host, or for a request to it, in the order of their first lines.

    `keys` (names in lower case) asks for those directives only, with an entry for each that nothing sets.
    `truth` tells of an `<If>`'s condition whether it holds, `htaccess` reads the `.htaccess` of a path.
    """
    layers = server_layers(host) if where is None else request_layers(host, where, truth, htaccess)
    return of_layers(host, layers, keys)


def of_layers(host: VirtualHost, layers: Sequence[Layer], keys: Iterable[str] = ()) -> list[Effective]:
    """`effective`, of layers that are known."""
    rules = merging()
    version = host.server.target.httpd
    wanted = {rules.rule(key, version).group: key for key in keys}
    groups = _grouped(host, layers, wanted)
    found: list[Effective] = []
    if not wanted:
        for lines in groups.values():
            found += _settings(host, layers, lines)
        return found
    for group, key in wanted.items():
        mine = list(_settings(host, layers, groups[group])) if group in groups else []
        if not any(one.lines or one.losers or one.maybe for one in mine):
            mine = [Effective(key, "", rules.rule(key, version), None, (), (), (), host.unset)]
        found += mine
    return found


def _grouped(host: VirtualHost, layers: Sequence[Layer], wanted: Container[str]) -> dict[str, list[Line]]:
    """The lines that count, by group: all, or those that are wanted.

    In a section only those of directives that are kept per directory count.
    """
    rules = merging()
    version = host.server.target.httpd
    groups: dict[str, list[Line]] = {}
    for number, layer in enumerate(layers):
        for directive in layer.items:
            rule = rules.rule(directive.key, version)
            if wanted and rule.group not in wanted:
                continue
            if rule.is_setting and (layer.is_server or rule.per_directory):
                groups.setdefault(rule.group, []).append(Line(directive, layer, number))
    return groups


def _settings(host: VirtualHost, layers: Sequence[Layer], lines: Sequence[Line]) -> Iterator[Effective]:
    """What the lines of one group come to."""
    read = [one for one in lines if one.is_read]
    unread = [Loser(one, "it stands under a condition that counts as false") for one in lines if not one.is_read]
    rule = merging().rule(lines[-1].directive.key, host.server.target.httpd)
    if rule.repeat.startswith("key:"):
        yield from _by_key(host, layers, read, unread)
        return
    folded = _folded(read, layers, rule) if read else Folded(())
    yield _setting(host, rule, "", folded, unread, lines[-1].directive.key)


def _by_key(
    host: VirtualHost, layers: Sequence[Layer], lines: Sequence[Line], unread: Sequence[Loser]
) -> Iterator[Effective]:
    """One setting for each key that the lines speak of."""
    version = host.server.target.httpd
    found: dict[str, list[Line]] = {}
    names: dict[str, str] = {}
    for line in (*lines, *(one.line for one in unread)):
        for key, name in merging().rule(line.directive.key, version).keys(line.directive):
            mine = found.setdefault(key, [])
            if not mine or mine[-1] is not line:
                mine.append(line)
            names[key] = name
    dead = {id(one.line) for one in unread}
    for key, mine in found.items():
        alive = [one for one in mine if id(one) not in dead]
        rule = merging().rule(mine[-1].directive.key, version)
        lost = [one for one in unread if id(one.line) in map(id, mine)] if unread else []
        tabular = rule.merge == "table" and alive
        folded = tables.fold(alive, layers) if tabular else FOLDS["override"](alive, rule)
        yield _setting(host, rule, names[key], folded, lost, mine[-1].directive.key)


def _folded(lines: Sequence[Line], layers: Sequence[Layer], rule: MergeRule) -> Folded:
    if rule.merge == "rewrite-engine":
        return rewriting.engine(lines, layers, rule)
    if rule.merge.startswith("flags:"):
        return _flags(lines, layers, rule)
    if rule.merge == "authz":
        return requiring.fold(lines, layers)
    if rule.record != "rounds":
        return _one_round(lines, layers, rule)
    first = _one_round([one for one in lines if one.layer.is_server], _servers(layers), rule)
    second = _one_round([one for one in lines if not one.layer.is_server], layers, rule)
    if rule.cells.get("order") == "inner":
        first, second = second, first
    return Folded(
        [*first.lines, *second.lines], [*first.losers, *second.losers], [*first.maybe, *second.maybe]
    )  # fmt: skip


def _flags(lines: Sequence[Line], layers: Sequence[Layer], rule: MergeRule) -> Folded:
    """Options and FileETag: the words that the merged record stands for, and the lines since the last unsigned one."""
    kind = flags.KINDS[rule.merge.partition(":")[2]]
    taken: dict[int, list[Sequence[str]]] = {}
    for line in lines:
        taken.setdefault(line.number, []).append(line.directive.values)
    start = flags.outermost(kind, rule.default(lines[0].layer.host.server.target.httpd))
    words = kind.words(flags.merged(kind, layers, taken, start))
    return FOLDS["bits"](lines, rule._replace(merge="bits:index"))._replace(words=words)


def _servers(layers: Sequence[Layer]) -> list[Layer]:
    return [one for one in layers if one.is_server]


def _one_round(lines: Sequence[Line], layers: Sequence[Layer], rule: MergeRule) -> Folded:
    if not lines and rule.merge != "rewrite":
        return Folded(())
    if rule.merge == "rewrite":
        return rewriting.rules(lines, layers)
    if rule.merge == "none":
        return _own(lines, layers, rule)
    return FOLDS[rule.merge.partition(":")[0]](lines, rule)


def _own(lines: Sequence[Line], layers: Sequence[Layer], rule: MergeRule) -> Folded:
    """What is not inherited: the lines of the host itself, or of the innermost section that has any."""
    innermost = lines[-1].number if not lines[-1].layer.is_server else len(_servers(layers)) - 1
    mine = [one for one in lines if one.number == innermost]
    others = [Loser(one, "it is not inherited") for one in lines if one.number != innermost]
    folded = FOLDS["override"](mine, rule) if mine else Folded(())
    return folded._replace(losers=[*others, *folded.losers])


def _setting(
    host: VirtualHost, rule: MergeRule, part: str, folded: Folded, unread: Sequence[Loser], key: str
) -> Effective:
    winner = folded.lines[-1] if folded.lines else None
    words: tuple[str, ...] | None = None
    if winner is not None:
        key = winner.directive.key
        own = merging().rule(key, host.server.target.httpd)
        if not own.removes():
            words = folded.words if folded.words is not None else tuple(winner.directive.values)
    losers = (*folded.losers, *unread)
    return Effective(key, part, rule, words, tuple(folded.lines), losers, tuple(folded.maybe), _origin(host, winner))


def _origin(host: VirtualHost, winner: Line | None) -> Origin:
    if winner is None:
        return host.unset
    if winner.layer.is_server and winner.layer.host is not host:
        return Inherited(winner.directive, winner.layer.host)
    return winner.directive
