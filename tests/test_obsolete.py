"""What is out of use: the rules against the directive table."""

from __future__ import annotations

import pytest

from sslint.knowledge.directives import directives
from sslint.knowledge.history import KEPT, gone_module
from sslint.knowledge.versions import HttpdVersion
from sslint.registry import load

NEWEST = HttpdVersion.parse("2.4")


def test_the_rule_is_about_all_that_is_kept_without_a_use() -> None:
    rule = next(one for one in load().rules if one.slug == "obsolete-directive")
    kept = {
        facts.name.lower()
        for facts in directives()
        if not facts.is_section and facts.deprecation is not None and facts.deprecation.effect in KEPT
    }
    assert {*rule.keys, "namevirtualhost"} == kept, "which has a rule of its own"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("MaxClients", "150", "MaxRequestWorkers 150"),
        ("NameVirtualHost", "*:80", ""),
        ("SSLMutex", "default", "Mutex default ssl-cache"),
        ("SSLMutex", "Yes", "Mutex default ssl-cache"),
        ("SSLMutex", "none", None),  # httpd 2.4 refuses this for ssl-cache
        ("SSLMutex", "file:/run/mutex", None),
        ("CookieLog", "logs/cookies", 'CustomLog logs/cookies "%{Cookie}n \\"%r\\" %t"'),
        ("AuthzUserAuthoritative", "off", None),
        ("LockFile", "logs/accept.lock", None),
        ("SSLRequire", "%{X} eq 1", None),
    ],
)
def test_what_says_the_same_today(name: str, text: str, line: str | None) -> None:
    facts = directives().lookup(name)
    assert facts is not None
    assert facts.successor(text, NEWEST) == line


def test_nothing_is_out_of_use_before_its_time() -> None:
    facts = directives().lookup("MaxClients")
    assert facts is not None
    assert facts.successor("150", HttpdVersion.parse("2.2.34")) is None


def test_every_successor_is_known_to_the_newest_httpd() -> None:
    for facts in directives():
        for case in facts.cells.get("successor", "").split(" || "):
            name = case.partition("=>")[2].split()[:1]
            known = directives().lookup(name[0]) if name else None
            assert not name or (known is not None and known.exists(NEWEST)), facts.name


@pytest.mark.parametrize(
    ("identifier", "version", "gone"),
    [
        ("authz_default_module", "2.4.66", True),
        ("authz_default_module", "2.2.34", False),
        ("tls_module", "2.4.62", False),
        ("tls_module", "2.4.66", True),
        ("ssl_module", "2.4.66", False),
        ("authz_user_module", "2.4.66", False),
        ("disk_cache_module", "2.4.66", True),
        ("access_compat_module", "2.2.34", False),
        ("security2_module", "2.4.66", False),
        ("no_such_module", "2.4.66", False),
    ],
)
def test_modules_that_are_gone(identifier: str, version: str, gone: bool) -> None:
    assert (gone_module(identifier, HttpdVersion.parse(version)) is not None) is gone
