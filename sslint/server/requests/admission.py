"""Who gets in, for one request: access check, login, authorization, in the server's order.

Sources: `ap_process_request_internal` in server/request.c; `check_dir_access` in mod_access_compat.c;
`ssl_hook_Access`, `ssl_hook_UserCheck` and `ssl_hook_Auth` in ssl_engine_kernel.c; `authorize_user_core`
and `merge_authz_core_dir_config` in mod_authz_core.c; `authenticate_basic_user` in mod_auth_basic.c.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...configuration.model import Directive, Item
from ..access import OLD_STYLE
from ..merging.effective import of_layers
from ..merging.fold import Line
from ..merging.layers import Layer
from ..merging.requiring import Joined, requirements
from ..setting import usable
from .authorization import Node, Verdict, methods_around, tree
from .message import Request
from .networks import in_network

if TYPE_CHECKING:
    from ..host import VirtualHost

FORBIDDEN, UNAUTHORIZED, BROKEN = 403, 401, 500
_NETWORK = frozenset("0123456789./:abcdefABCDEF")


class Decision(NamedTuple):
    """What access control comes to: None as status lets a request in, or with `why` can't be told.

    `user` is who is logged in. `directive` is the line that decides, where one does.
    """

    status: int | None
    why: str = ""
    directive: Directive | None = None
    user: str | None = None


class Admission:
    """The access control of one place, after all its layers were laid over each other.

    `strict` tells of SSLOptions StrictRequire, `asked` of a handshake that wanted a client certificate.
    """

    def __init__(self, require: Node | None, strict: bool, asked: bool) -> None:
        self.require = require
        self.strict = strict
        self.asked = asked
        self.old: dict[str, list[Directive]] = {}
        self.last: dict[str, Directive] = {}
        """The directive in force, of those that override."""
        self.requires_tls: Directive | None = None
        self.conditions: list[Directive] = []

    def lay(self, directives: Iterable[Directive]) -> None:
        """Lay one more layer's directives over it."""
        own: dict[str, list[Directive]] = {}
        for directive in usable(directives):
            own.setdefault(directive.key, []).append(directive)
            self.last[directive.key] = directive
        self.conditions += own.get("sslrequire", ())
        if "sslrequiressl" in own:
            self.requires_tls = own["sslrequiressl"][-1]
        if any(key in own for key in OLD_STYLE):
            self.old = {key: own[key] for key in OLD_STYLE if key in own}

    # What a request meets

    def decide(self, request: Request) -> Decision:
        """Whether a request gets in."""
        check = self._check(request)
        if self._satisfies_any(request):
            if check.status is None:
                return check
            return self._without_login(request, check)
        if check.status is not None or check.why:
            return check
        return self._without_login(request, check)

    def _satisfies_any(self, request: Request) -> bool:
        found = self._for_method("satisfy", request)
        return bool(found) and found[-1].text.strip().lower() == "any"

    def _for_method(self, key: str, request: Request) -> list[Directive]:
        """The old-style lines of a key that count for the request's method."""
        found = []
        for directive in self.old.get(key, ()):
            methods = methods_around(directive)
            if methods is None or methods.take(request):
                found.append(directive)
        return found

    def _check(self, request: Request) -> Decision:
        """The hook `access_checker`: addresses, SSLRequireSSL, SSLRequire, a client certificate."""
        allowed = self._allowed(request)
        if allowed is False:
            lines = [line for key in ("deny", "order") for line in self._for_method(key, request)]
            return Decision(FORBIDDEN, directive=lines[0] if lines else None)
        barred = self._barred(request)
        if barred is not None:
            return barred
        return Decision(None, "" if allowed else "Allow or Deny asks for a host name or a variable")

    def _barred(self, request: Request) -> Decision | None:
        """What mod_ssl says."""
        if not request.tls:
            return Decision(FORBIDDEN, directive=self.requires_tls) if self.requires_tls is not None else None
        if self._wants_certificate() and not request.certificate:
            return Decision(FORBIDDEN, directive=self.last["sslverifyclient"])
        from ..truth import judge

        for condition in self.conditions:
            held = judge(condition.text, request.lookup, of_mod_ssl=True)
            if held is not True:
                return Decision(FORBIDDEN if held is False else None, "SSLRequire asks for more", condition)
        return None

    def _wants_certificate(self) -> bool:
        line = self.last.get("sslverifyclient")
        mine = line.keyword if line is not None else ""
        return mine == "require" and not self.asked

    def _allowed(self, request: Request) -> bool | None:
        """Order, Allow and Deny; None where that depends on a name."""
        order = self._for_method("order", request)
        how = order[-1].text.strip().lower() if order else "deny,allow"
        allow = _listed(self._for_method("allow", request), request)
        deny = _listed(self._for_method("deny", request), request)
        if how in ("allow,deny", "mutual-failure"):
            return _both(allow, _not(deny))
        return _not(_both(deny, _not(allow)))

    def _without_login(self, request: Request, check: Decision) -> Decision:
        """The hook `access_checker_ex`: what Require lines say before anybody asks for a user."""
        if self.require is None:
            return Decision(BROKEN, "AuthType without Require", self.auth_type) if self.auth_type else Decision(None)
        verdict = self.require.judge(request, None)
        if verdict is Verdict.GRANTED:
            return Decision(None)
        if verdict is Verdict.UNKNOWN:
            return Decision(None, "a Require line asks for what isn't known", self.last.get("require"))
        if verdict is not Verdict.NO_USER:
            return Decision(FORBIDDEN, directive=self.last.get("require"))
        return self._login(request, check)

    @property
    def auth_type(self) -> Directive | None:
        """The AuthType in force, unless that is None."""
        line = self.last.get("authtype")
        return line if line is not None and line.keyword != "none" else None

    def _login(self, request: Request, check: Decision) -> Decision:
        """The hook `check_user_id`."""
        if self.strict and check.status is not None and check.directive in (self.requires_tls, *self.conditions):
            return Decision(FORBIDDEN, "SSLOptions StrictRequire", check.directive)
        kind = self.auth_type
        if kind is None:
            return Decision(BROKEN, "a user is asked for, and no AuthType says how", self.last.get("require"))
        if kind.values[:1] and kind.values[0].lower() in ("basic", "digest") and "authname" not in self.last:
            return Decision(BROKEN, "AuthType without AuthName", kind)
        if request.user is None:
            return Decision(UNAUTHORIZED, directive=kind)
        return self._as_user(request)

    def _as_user(self, request: Request) -> Decision:
        """The hook `auth_checker`: what the Require lines say of somebody who is logged in."""
        assert self.require is not None
        verdict = self.require.judge(request, request.user)
        if verdict is Verdict.GRANTED:
            return Decision(None, user=request.user)
        if verdict is Verdict.UNKNOWN:
            return Decision(None, "a Require line asks for what isn't known", self.last.get("require"))
        line = self.last.get("authzsendforbiddenonfailure")
        harsh = line is not None and line.keyword == "on"
        return Decision(FORBIDDEN if harsh else UNAUTHORIZED, directive=self.last.get("require"))


def _listed(lines: Iterable[Directive], request: Request) -> bool | None:
    """Whether Allow or Deny lines name a request's client; None where that takes a name."""
    results = [_admits(word, request) for line in lines for word in line.values[1:]]
    return True if True in results else None if None in results else False


def _admits(word: str, request: Request) -> bool | None:
    lower = word.lower()
    if lower == "all":
        return True
    if lower.startswith("env="):
        negated = word[4:].startswith("!")
        name = word[4:].removeprefix("!")
        value = request.environment.get(name, "")
        return None if value is None else (name in request.environment) is not negated
    return in_network(request.client, word) if _NETWORK.issuperset(word) else None


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


# From layers

Items = Callable[[Layer], Sequence[Item]]
"""A layer's lines with the groups that they stand in."""


def gathered(host: VirtualHost, layers: Sequence[Layer], items: Items) -> Admission:
    """The access control that a request meets, from the layers that it meets; kept, but where one is a `.htaccess`."""
    if any(layer.htaccess for layer in layers):
        return _gathered(host, layers, items)
    memory, key = host.memory, (gathered, *((layer.scope, layer.truth) for layer in layers))
    found = memory.get(key)
    if found is None:
        found = memory[key] = _gathered(host, layers, items)
    assert isinstance(found, Admission)
    return found


def _gathered(host: VirtualHost, layers: Sequence[Layer], items: Items) -> Admission:
    verify = host.setting("sslverifyclient").value
    strict = "strictrequire" in words_of(host, layers, "ssloptions")
    asked = bool(verify and verify[0].value.lower() == "require")
    admission = Admission(_required(layers, items), strict, asked)
    for layer in layers:
        if layer.truth is not None:
            admission.lay(one for one in layer.items if not (layer.is_server and one.key == "sslverifyclient"))
    return admission


def _required(layers: Sequence[Layer], items: Items) -> Node | None:
    """The Require lines in force, with their groups."""
    lines = [
        Line(line, layer, number)
        for number, layer in enumerate(layers)
        for line in usable(one for one in layer.items if one.key == "require")
    ]
    joined = requirements(layers, lines)
    return _node(joined, items) if joined is not None else None


def _node(joined: Joined, items: Items) -> Node | None:
    if joined.lines:
        return tree(items(joined.lines[0].layer))
    parts = (_node(one, items) for one in joined.parts)
    return Node(joined.kind, tuple(one for one in parts if one is not None))


def words_of(host: VirtualHost, layers: Sequence[Layer], key: str) -> set[str]:
    """The words of a setting in force, in lower case."""
    return {word.lower().lstrip("+") for one in of_layers(host, layers, [key]) for word in one.words or ()}
