"""Which words may stand as a directive's arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..accept.values_ssl import COMMANDS
from ..knowledge.directives import DirectiveFacts
from ..knowledge.modules import modules
from ..knowledge.targets import Target
from ..openssl import Library, group_names, tls13_suites
from ..tls.suites import target_library
from .cursor import Cursor
from .hover import is_cipher_string

_WORDS = {
    "options": "None All FollowSymLinks SymLinksIfOwnerMatch Indexes Includes IncludesNOEXEC ExecCGI MultiViews",
    "allowoverride": "None All AuthConfig FileInfo Indexes Limit Options",
    "loglevel": "emerg alert crit error warn notice info debug trace1 trace2 trace3 trace4 trace5 trace6 trace7 trace8",
    "traceenable": "on off extended",
    "protocols": "h2 h2c http/1.1 acme-tls/1",
    "require": "all ip host local env method expr user group valid-user valid-user file-owner file-group not ssl "
    "ssl-verify-client forward-dns ldap-user ldap-group",
    "sslstaplingcache": "shmcb: dbm: dc: memcache: redis:",
    "sslrandomseed": "startup connect builtin file:",
    "rewriteoptions": "Inherit InheritBefore InheritDown InheritDownBefore IgnoreInherit AllowNoSlash AllowAnyURI "
    "MergeBase IgnoreContextInfo LegacyPrefixDocRoot LongURLOptimization",
    "order": "Deny,Allow Allow,Deny",
    "allow": "from",
    "deny": "from",
    "fileetag": "INode MTime Size All None Digest",
    "authbasicprovider": "file dbm dbd ldap socache anon",
    "authdigestprovider": "file dbm dbd",
    "ssloptions": "+StdEnvVars +ExportCertData +FakeBasicAuth +StrictRequire +OptRenegotiate +LegacyDNStringFormat",
    "mdcachallenges": "tls-alpn-01 http-01 dns-01",
    "sslproxycheckpeername": "on off",
}
"""Words of directives for which the tables have none."""
_LATER = {"require": {"all": ("granted", "denied")}}
"""Words behind a first word."""
_SIGNED = frozenset({"sslprotocol", "sslproxyprotocol", "options", "ssloptions", "indexoptions"})
_OPERATORS = "!+-"
_SEPARATORS = ":, ;"


def words(here: Cursor, facts: DirectiveFacts | None, target: Target) -> list[str]:
    """The words that may stand at a place, as whole words; the sign that is typed already is kept."""
    name, index = here.name.lower(), here.number
    if name == "sslopensslconfcmd" and index == 1:
        return list(COMMANDS)
    first = here.words[1].value.lower() if index > 1 else ""
    if index > 1 and name in _LATER:
        return list(_LATER[name].get(first, ()))
    found = list(dict.fromkeys([*_WORDS.get(name, "").split(), *_known(facts, target)]))
    if name in ("sslciphersuite", "sslproxyciphersuite"):
        found += ["SSL", "TLSv1.3"] if index == 1 else []
    sign = here.prefix[:1]
    if name in _SIGNED and sign in ("+", "-") and sign:
        return [sign + word.lstrip("+") for word in found]
    return found


def _known(facts: DirectiveFacts | None, target: Target) -> Iterator[str]:
    """What the tables know of a directive."""
    if facts is None:
        return
    shape = facts.shape(target.httpd)
    if shape is not None and shape.name == "FLAG":
        yield from ("on", "off")
        return
    yield from facts.accepted_words
    refused = set(facts.rejected_words)
    yield from (word for word in facts.words if word not in refused)
    for entry in facts.cells.get("handler", "").split(" "):
        kind, _, values = entry.partition(":")
        if kind in ("values", "prefixes", "first_word", "second_word"):
            yield from (word for word in values.split(",") if word)


def elements(here: Cursor, target: Target) -> tuple[str, list[str]] | None:
    """The last part of a list in one word (a cipher string, suites or groups) and what may stand there.

    None where the word is no such list.
    """
    library = target_library(target)
    if library is None:
        return None
    name, index, prefix = here.name.lower(), here.number, here.prefix
    command = here.words[1].value.lower() if name == "sslopensslconfcmd" and index == 2 else ""
    if is_cipher_string(here, max(index, 1)):
        part = _last(prefix, _SEPARATORS)
        sign = part[:1] if part[:1] and part[:1] in _OPERATORS else ""
        joined = part[len(sign) :].rpartition("+")[0]
        before = f"{sign}{joined}+" if joined else sign
        commands = () if before else ("@STRENGTH", "@SECLEVEL=2")
        return part, [*(before + word for word in cipher_words(library)), *commands]
    if command in ("curves", "groups", "ecdhparameters"):
        return _last(prefix, ":"), list(group_names(library))
    is_tls13 = name in ("sslciphersuite", "sslproxyciphersuite") and index == 2 and here.words[1].value == "TLSv1.3"
    if is_tls13 or command == "ciphersuites":
        return _last(prefix, ":"), list(tls13_suites(library))
    return None


def cipher_words(library: Library) -> Iterable[str]:
    """The keywords of a build, then its suites, as they are written."""
    suites = [suite.openssl_name for suite in library.suites]
    known = {library.dialect.fold(name) for suite in library.suites for name in (suite.openssl_name, suite.iana)}
    keywords = sorted(word for word in library.vocabulary.words if word not in known)
    return [*keywords, *dict.fromkeys(suites)]


def module_names() -> list[str]:
    """What IfModule may test and LoadModule load."""
    return sorted({module.identifier for module in modules() if module.is_httpds})


def _last(text: str, separators: str) -> str:
    for separator in separators:
        text = text.rpartition(separator)[2]
    return text
