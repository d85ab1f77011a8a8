from __future__ import annotations

import time

import pytest

from sslint.knowledge.directives import directives
from sslint.knowledge.modules import directives_of, modules
from sslint.knowledge.places import Permission, Place
from sslint.knowledge.suggest import closest
from sslint.knowledge.targets import ALIASES, DEFAULT, PRESETS, preset
from sslint.knowledge.versions import NEWEST, HttpdVersion

V = HttpdVersion.parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2.4.66", (2, 4, 66)), ("2.2", (2, 2, 34)), (" Apache/2.4.10 ", (2, 4, 10)), ("trunk", (2, 5, 1))],
)
def test_versions(text: str, expected: tuple[int, int, int]) -> None:
    version = V(text)
    assert (version.major, version.minor, version.patch) == expected


@pytest.mark.parametrize("text", ["", "2", "3.1", "2.4.x", "two"])
def test_no_versions(text: str) -> None:
    with pytest.raises(ValueError):
        V(text)


def test_versions_are_ordered() -> None:
    assert V("2.4.9") < V("2.4.10") < V("2.4") == NEWEST < V("trunk")
    assert str(V("2.4.9")) == "2.4.9"


@pytest.mark.parametrize(
    ("name", "version", "exists"),
    [
        ("SSLProtocol", "1.3", True),
        ("sslopensslconfcmd", "2.4.7", False),
        ("SSLOpenSSLConfCmd", "2.4.8", True),
        ("SSLMutex", "2.2", True),
        ("SSLMutex", "2.4", False),
        ("TLSEngine", "2.4.51", False),
        ("TLSEngine", "2.4.62", True),
        ("TLSEngine", "2.4.63", False),
        ("SSLVHostSNIPolicy", "2.4.62", False),
        ("SSLVHostSNIPolicy", "2.4.66", True),
        ("Listen", "1.3", True),
        ("php_value", "2.4", True),
    ],
)
def test_existence(name: str, version: str, exists: bool) -> None:
    facts = directives().lookup(name)
    assert facts is not None
    assert facts.exists(V(version)) is exists


@pytest.mark.parametrize(
    ("name", "version", "counts"),
    [
        ("ServerAdmin", "2.4", {1}),
        ("Alias", "2.4", {1, 2}),
        ("Alias", "2.4.18", {2}),
        ("SSLRequireSSL", "2.4", {0, 1, 2, 3, 4}),
        ("SSLRequireSSL", "1.3", {0}),
        ("RewriteEngine", "2.4", {1, 2, 3, 4}),
        ("SSLCipherSuite", "2.4", {1, 2}),
        ("SSLCipherSuite", "2.4.35", {1}),
        ("ServerName", "2.4", {1}),
    ],
)
def test_word_counts(name: str, version: str, counts: set[int]) -> None:
    facts = directives().lookup(name)
    assert facts is not None
    shape = facts.shape(V(version))
    assert shape is not None
    assert {n for n in range(5) if shape.takes(n)} == counts


@pytest.mark.parametrize(
    ("name", "place", "version", "permission"),
    [
        ("SSLProtocol", Place.VHOST, "2.4", Permission.ALLOWED),
        ("SSLProtocol", Place.DIRECTORY, "2.4", Permission.NOT_ALLOWED),
        ("SSLProtocol", Place.HTACCESS, "2.2", Permission.NOT_ALLOWED),
        ("Require", Place.SERVER, "2.4", Permission.NOT_ALLOWED),
        ("Require", Place.HTACCESS, "2.4", Permission.ALLOWED),
        ("Listen", Place.VHOST, "2.4", Permission.REFUSED),
        ("Alias", Place.LOCATION, "2.4", Permission.ALLOWED),
        ("Alias", Place.LOCATION, "2.4.18", Permission.NOT_ALLOWED),
        ("ThreadsPerChild", Place.VHOST, "2.2", Permission.REFUSED),
        ("<Limit>".strip("<>"), Place.SERVER, "2.4", Permission.NOT_ALLOWED),
        ("<Limit", Place.SERVER, "2.2", Permission.ALLOWED),
        ("Define", Place.VHOST, "2.4", Permission.ALLOWED),
        ("Define", Place.HTACCESS, "2.4", Permission.NOT_ALLOWED),
        ("AAHatName", Place.DIRECTORY, "2.4", Permission.ALLOWED),
        ("AAHatName", Place.SERVER, "2.4", Permission.NOT_ALLOWED),
    ],
)
def test_places(name: str, place: Place, version: str, permission: Permission) -> None:
    facts = directives().lookup(name)
    assert facts is not None
    assert facts.allowed(place, V(version)) is permission


def test_place_of_sections() -> None:
    assert Place.of([]) is Place.SERVER
    assert Place.of(["IfModule", "VirtualHost", "IfDefine", "LocationMatch"]) is Place.VHOST_LOCATION
    assert Place.of(["Directory", "Limit"]) is Place.LIMIT
    assert Place.of(["Nonsense"]) is None


def test_facts_of_a_directive() -> None:
    order = directives().lookup("ORDER")
    assert order is not None
    assert order.name == "Order"
    assert order.modules() == ("mod_access_compat",)
    assert order.modules(V("2.2")) == ("mod_authz_host",)
    assert order.module_ids(V("1.3")) == ("access_module",)
    assert order.override_classes() == {"Limit"}
    assert order.deprecation is not None
    assert order.deprecation.replaced_by == ("Require",)
    assert order.default == ("Order Deny,Allow",)
    include = directives().lookup("Include")
    assert include is not None
    assert include.exec_on_read()
    port = directives().lookup("Port")
    assert port is not None
    assert port.is_tombstone()
    assert not port.is_tombstone(V("1.3"))


def test_sections_and_directives_of_one_name() -> None:
    section, directive = directives().lookup("<MDomain"), directives().lookup("MDomain")
    assert section is not None
    assert directive is not None
    assert section.is_section
    assert not directive.is_section
    assert directives().lookup("VirtualHost", section=False) is None
    assert directives().lookup("NoSuchThing") is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("SSLProtcol", "SSLProtocol"), ("ServerNmae", "ServerName"), ("<Virtualhst", "VirtualHost"),
        ("SSLCertificatFile", "SSLCertificateFile"), ("RewriteRul", "RewriteRule"), ("Lisen", "Listen"),
        ("SSLStaplingCahce", "SSLStaplingCache"), ("DocRoot", "DocumentRoot"), ("SSLCipherSuites", "SSLCipherSuite"),
    ],
)  # fmt: skip
def test_suggestions(wrong: str, right: str) -> None:
    assert directives().suggest(wrong)[0] == right


def test_nothing_to_suggest() -> None:
    assert directives().suggest("Zzzqqqxxx") == []


def test_loading_is_fast() -> None:
    directives()
    directives.cache_clear()
    start = time.perf_counter()
    assert directives().lookup("SSLEngine") is not None
    assert time.perf_counter() - start < 0.1


def test_every_row_decodes() -> None:
    for facts in directives():
        assert facts.branches
        for branch in facts.branches.values():
            assert branch.modules or facts.name.startswith("Macro") or branch.flags
        assert facts.shape(NEWEST) is not None or not facts.exists(NEWEST)


def test_modules() -> None:
    known = modules()
    assert known.identifier("mod_ssl.c") == "ssl_module"
    assert known.identifier("prefork.c") == "mpm_prefork_module"
    assert known.source_name("ldap_module") == "util_ldap.c"
    assert known.source_name("http_module") == "http_core.c"
    assert known.matches("mod_ssl.c", {"ssl_module"})
    assert known.matches("ssl_module", {"ssl_module"})
    assert not known.matches("SSL_module", {"ssl_module"})
    assert not known.matches("mod_ssl.so", {"ssl_module"})
    assert not known.matches("ssl_module", {"ssl_module"}, branch="2.0")
    assert "SSLProtocol" in directives_of("ssl_module")
    assert "<VirtualHost" in directives_of("core_module")


def test_presets() -> None:
    assert DEFAULT.httpd == NEWEST
    assert DEFAULT.openssl.startswith("3.0")
    assert preset("Bookworm").preset == "debian-12"
    assert preset("debian-12").environment["APACHE_RUN_USER"] == "www-data"
    assert preset("rocky-8").httpd == V("2.4.37")
    assert preset("rhel-7").has_sslv3
    assert all(name in PRESETS for name in ALIASES.values())
    for target in PRESETS.values():
        assert "core_module" in target.static_modules
        assert target.source
        assert target.as_of
    with pytest.raises(ValueError, match="unknown preset"):
        preset("windows-3.11")


def test_effective_security_level() -> None:
    assert preset("debian-12").effective_security_level == 2
    assert preset("debian-12").replace(security_level=0).effective_security_level == 0


def test_binary_data_is_near_no_name() -> None:
    names = ["options", "sslprotocol"]
    assert closest("optons", names) == ["options"]
    assert not closest("opti\udcffns", names)
    assert not closest("opti\x00ns", names)
    assert not closest("options" * 20, names)
