"""Servers that start, and fail every request for some place: logins that nobody can check.

Sources: `ap_process_request_internal` in server/request.c; `authenticate_basic_user` in mod_auth_basic.c;
`check_password` in mod_authn_file.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...configuration.model import Directive
from ...knowledge.versions import HttpdVersion
from ...server import Access, Reach, Scope, Server, VirtualHost, Where
from ...server.access import require_group
from ...server.memory import kept
from . import Effect, StartFailure, blame, knows_modules, numbered
from .rewriting import forbidden_rewriting

_TYPE_MODULES = {"basic": "auth_basic_module", "digest": "auth_digest_module", "form": "auth_form_module"}
_WITH_NAME = ("basic", "digest")
_KNOWS_USER = re.compile(
    r"auth(?!type|name|userfile|groupfile|basic|digest|merging|z|form|ldap|dbm|dbd|n)"
    r"|sslusername|perl\w+handler|python\w+handler|luahook|krb|gss|oidc|mellon|shib|cas|sspi|ntlm|wsgiauth|openid|tkt|saml"
)
"""Directives of other modules that may know the user, or where passwords are, by themselves."""
_GROUP_FILES = {"group": ("authgroupfile", "AH01664"), "dbm-group": ("authdbmgroupfile", "AH01798")}
_FIRST_AUTHZ_CORE = HttpdVersion(2, 4, 0)


class Guarded(NamedTuple):
    """A section that asks for a login, with everything that its requests meet.

    `line` is the Require line, `levels` are the sections that cover the request, in the server's order.
    """

    host: VirtualHost
    scope: Scope
    line: Directive
    access: Access
    levels: tuple[Scope, ...]

    def last(self, key: str) -> Directive | None:
        """The directive in force."""
        found = [scope.last(key) for scope in self.levels]
        return next((one for one in reversed(found) if one is not None), None)

    def sets(self, key: str) -> bool:
        """Whether any line, also one for the whole host, says something."""
        return self.last(key) is not None or self.host.winner(key) is not None

    @property
    def title(self) -> str:
        """The section as it is written."""
        return self.scope.section.title

    @property
    def auth_type(self) -> str:
        """AuthType in lower case; empty where there is none, `none` where it is off."""
        line = self.access.auth_type
        return line.keyword if line is not None else ""


@kept
def guarded(server: Server) -> tuple[Guarded, ...]:
    """The sections with a Require line that only a user meets.

    What a .htaccess file may add, or a module that knows the user by itself, keeps a section out.
    """
    return tuple(_guarded(server)) if _may_judge(server) else ()


def _may_judge(server: Server) -> bool:
    if not server.is_complete:
        return False
    return not any(map(_KNOWS_USER.match, server.keys))


def _guarded(server: Server) -> Iterator[Guarded]:
    reach = Reach.of(server)
    for owner, scope in reach.scopes():
        if _is_complete(scope, server) or _is_conditional(scope):
            continue
        lines = _about_users(scope) + scope.directives.get("authtype", [])
        if not lines:
            continue
        for host in server.hosts if owner.is_main else [owner]:
            where = next(iter(reach.mapper(host).requests_for(scope)), None)
            if where is None:
                continue
            levels = tuple(one for one in reach.levels(host) if one.covers(where))
            if scope in levels and not _depends(reach.levels(host), where, levels):
                yield Guarded(host, scope, lines[-1], reach.access(host, where), levels)
                break


def _is_complete(scope: Scope, server: Server) -> bool:
    """Whether a section itself has everything that a login takes, which saves looking for more."""
    if any(key not in scope.directives for key in ("require", "authtype", "authname", "authuserfile")):
        return False
    line = scope.last("authtype")
    module = _TYPE_MODULES.get(line.values[0].lower(), "") if line is not None and line.values else "?"
    is_there = module in server.configuration.loaded or not knows_modules(server)
    groups = any(word.lower() in _GROUP_FILES for one in scope.directives.get("require", ()) for word in one.values)
    return is_there and not groups


def _about_users(scope: Scope) -> list[Directive]:
    """The Require lines of a section that only a user meets."""
    if "require" not in scope.directives:
        return []
    return [leaf.directive for leaf in require_group(scope.section).leaves() if leaf.needs_user]


def _is_conditional(scope: Scope) -> bool:
    return scope.kind in ("if", "elseif", "else") or (scope.outer is not None and _is_conditional(scope.outer))


def _depends(every: list[Scope], where: Where, levels: tuple[Scope, ...]) -> bool:
    """Whether an `<If>` about access may apply as well, or a .htaccess file may be read."""
    about = [one for one in every if _is_conditional(one) and any(key.startswith("auth") for key in one.directives)]
    overrides = [one.last("allowoverride") for one in levels]
    last = next((one for one in reversed(overrides) if one is not None), None)
    words = {word.lower() for word in last.values} if last is not None else set()
    return bool(about) or bool(where.path and words & {"all", "authconfig"})


def _wants_user(one: Guarded) -> Directive | None:
    """The Require line that only a user meets, where nobody gets in without one, and a user would."""
    access = one.access
    if access.require is None or access.satisfy_any is not None or not access.lets_in(tls=True):
        return None
    if access.require.holds(lambda leaf: (not leaf.needs_user or leaf.negated) and not leaf.holds_for_nobody()):
        return None
    lines = [leaf.directive for leaf in access.require.leaves() if leaf.needs_user and not leaf.negated]
    return lines[-1] if lines and lines[-1] in one.scope.directives.get("require", ()) else None


def without_type(server: Server) -> Iterator[StartFailure]:
    """Require lines for users where no AuthType says how users are known."""
    for one in guarded(server):
        line = _wants_user(one)
        if line is not None and not one.auth_type and not one.sets("authtype"):
            yield _failed(
                "auth-without-type",
                line,
                f"{line.name} {line.text.strip()} without AuthType: every request for {one.title} gets status 500",
                "AH00027",
                "nobody knows the user",
                one,
            )


def without_name(server: Server) -> Iterator[StartFailure]:
    """AuthType Basic or Digest without AuthName."""
    for one in guarded(server):
        line = one.access.auth_type
        if _wants_user(one) and line is not None and one.auth_type in _WITH_NAME and not one.sets("authname"):
            code = "AH01615" if one.auth_type == "basic" else "AH01781"
            yield _failed(
                "auth-without-name",
                line,
                f"AuthType {line.values[0]} without AuthName: every request for {one.title} gets status 500",
                code,
                "needs a name",
                one,
            )


def without_user_file(server: Server) -> Iterator[StartFailure]:
    """The provider `file`, which is the default, without AuthUserFile."""
    for one in guarded(server):
        line = one.access.auth_type
        if line is None or one.auth_type not in _WITH_NAME or not _wants_user(one):
            continue
        provider = one.last(f"auth{one.auth_type}provider")
        names = [word.lower() for word in provider.values] if provider is not None else ["file"]
        if names[:1] == ["file"] and not one.sets("authuserfile") and not one.sets("authbasicfake"):
            yield _failed(
                "auth-without-user-file",
                line,
                f"AuthType {line.values[0]} without AuthUserFile: every login for {one.title} gets status 500",
                "AH01619",
                "needs a password file",
                one,
            )


def without_type_module(server: Server) -> Iterator[StartFailure]:
    """AuthType words whose module is not loaded."""
    if not knows_modules(server):
        return
    for one in guarded(server):
        line, module = one.access.auth_type, _TYPE_MODULES.get(one.auth_type)
        if line is not None and module and module not in server.configuration.loaded and _wants_user(one):
            yield _failed(
                "auth-type-without-module",
                line,
                f"{module} is not loaded: every request for {one.title} gets status 500",
                "AH01796",
                "nobody handles this",
                one,
            )


def without_require(server: Server) -> Iterator[StartFailure]:
    """AuthType where no Require line applies at all."""
    if server.target.httpd < _FIRST_AUTHZ_CORE:
        return
    for one in guarded(server):
        line = one.access.auth_type
        own = one.scope.last("authtype")
        if line is None or line is not own or one.auth_type in ("", "none") or one.access.require is not None:
            continue
        if not one.sets("require") and one.access.satisfy_any is None:
            yield _failed(
                "auth-without-require",
                line,
                f"AuthType without Require: every request for {one.title} gets status 500",
                "AH01627",
                "asks for nothing",
                one,
            )


def without_group_file(server: Server) -> Iterator[StartFailure]:
    """Require group where no file says who is in it: nobody is."""
    for one in guarded(server):
        line = _wants_user(one)
        if line is None or one.access.require is None or not one.auth_type:
            continue
        leaves = [leaf for leaf in one.access.require.leaves() if leaf.needs_user]
        providers = {leaf.provider.lower() for leaf in leaves}
        files = {_GROUP_FILES[name] for name in providers if name in _GROUP_FILES}
        if len(providers) != 1 or not files or any(leaf.negated for leaf in leaves):
            continue
        ((key, code),) = files
        if not one.sets(key):
            name = {"authgroupfile": "AuthGroupFile"}.get(key, "AuthDBMGroupFile")
            yield _failed(
                "require-group-without-file",
                line,
                f"{line.name} {line.text.strip()} without {name}: every login for {one.title} is refused",
                code,
                "nobody is in a group",
                one,
            )


def _failed(kind: str, line: Directive, message: str, code: str, label: str, one: Guarded) -> StartFailure:
    number = numbered(one.host.server, code)
    return blame(
        kind,
        Effect.REQUEST,
        line,
        f"{message} ({number})" if number else message,
        arguments=line.arguments,
        code=number,
        label=label,
        hosts=(one.host,),
    )


FINDERS = {
    "auth-without-type": without_type,
    "auth-without-name": without_name,
    "auth-without-user-file": without_user_file,
    "auth-type-without-module": without_type_module,
    "auth-without-require": without_require,
    "require-group-without-file": without_group_file,
    "rewrite-without-symlinks": forbidden_rewriting,
}
"""The finders of this module, by kind."""
