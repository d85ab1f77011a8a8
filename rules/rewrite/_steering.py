"""Rules whose target's host part a client has a say in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sslint.api import (
    Argument,
    RewriteRule,
    RuleSet,
    Steered,
    begins_with_slash,
    captured_from,
    group_of,
    is_free,
    never_fits,
    steered,
)

_OR = re.compile(r"[\[,](?:OR|ornext)[\],]", re.IGNORECASE)
_BY_LINK = ("%{query_string}", "%{request_uri}", "%{the_request}")
_BY_HEADER = ("%{http_host}", "%{http:", "%{http_")


def is_proxied(rule: RewriteRule) -> bool:
    """Whether a rule passes requests on."""
    return rule.has("P", "PROXY") is not None


def chosen(found: RuleSet, rule: RewriteRule) -> Steered | None:
    """The piece by which a client chooses the machine that a rule leads to; None where it can't."""
    return next((one for one in steered(rule.target) if _is_open(found, rule, one)), None)


def target_of(rule: RewriteRule) -> Argument:
    """The word that a rule's requests are sent to."""
    return rule.directive.arguments[1]


def _is_open(found: RuleSet, rule: RewriteRule, one: Steered) -> bool:
    if one.piece.startswith("$"):
        return _takes_any(found, rule, one)
    if one.piece.startswith("%{"):
        return _is_sent(found, one.piece, rule.conditions, is_proxied(rule))
    tested, body = captured_from(one.number, rule.conditions)
    return is_free(body, one.last) and _is_sent(found, tested, (), is_proxied(rule))


def _takes_any(found: RuleSet, rule: RewriteRule, one: Steered) -> bool:
    """Whether a group of the rule's pattern takes what a client likes, and no slash ends the host part before it."""
    if never_fits(rule.pattern, found.sees_slash):
        return False
    if rule.pattern.startswith("!") or begins_with_slash(rule.pattern, one.number, found.sees_slash):
        return False
    if any(all(_limits(words, one.piece) for words in either) for either in _alternatives(rule.conditions)):
        return False
    return is_free(group_of(rule.pattern, one.number), one.last)


def _limits(condition: Sequence[str], piece: str) -> bool:
    """Whether a condition lists what a piece may be."""
    return len(condition) > 1 and condition[0] == piece and not condition[1].startswith("!")


def _alternatives(conditions: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """The conditions that OR joins, together; without those at the end that lack a second one, which always hold."""
    either: list[Sequence[str]] = []
    for words in conditions:
        either.append(words)
        if len(words) < 3 or not _OR.search(words[2]):
            yield either
            either = []


def _is_sent(found: RuleSet, text: str, conditions: Sequence[Sequence[str]], proxied: bool) -> bool:
    """Whether a client sends a variable's value as it likes; in a redirect only what stands in a link counts."""
    name = text.lower()
    if name in _BY_LINK:
        return True
    if not proxied or not name.startswith(_BY_HEADER):
        return False
    if name == "%{http_host}" and not _takes_any_host(found):
        return False
    return not any(words[0].lower() == name and not words[1].startswith("!") for words in conditions if len(words) > 1)


def _takes_any_host(found: RuleSet) -> bool:
    """Whether requests for any name come to a host: it is the first of an address, as far as that is known."""
    if found.host.server.is_fragment:
        return False
    return any(socket.default is found.host for socket in found.host.sockets)
