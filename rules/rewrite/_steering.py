"""Rules whose target's host part a client has a say in."""

from __future__ import annotations

from collections.abc import Sequence

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
    if any(words[:1] == [one.piece] and not words[1].startswith("!") for words in rule.conditions if len(words) > 1):
        return False
    return is_free(group_of(rule.pattern, one.number), one.last)


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
