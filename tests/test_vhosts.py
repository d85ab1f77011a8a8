"""`sslint vhosts`, and the model behind it: addresses, the table version by version, selection by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, ROOT, Run

from sslint.configuration import Role, expand
from sslint.files import MemoryFiles
from sslint.knowledge.targets import DEFAULT
from sslint.knowledge.versions import HttpdVersion
from sslint.server import Server, VirtualHost, build
from sslint.server.addresses import Address, parse_address, parse_place
from sslint.server.names import fits
from sslint.server.unmet import is_unreachable, misses
from sslint.views.vhosts_httpd import httpd_lines

Site = Callable[[str], Path]
MAIN = "/etc/apache2/apache2.conf"


def serve(text: str, httpd: str = "2.4", role: Role = "main") -> Server:
    target = DEFAULT.replace(httpd=HttpdVersion.parse(httpd))
    return build(expand(MAIN, MemoryFiles({MAIN: text}), target, role=role))


def host(*addresses: str, name: str = "", more: str = "") -> str:
    named = f"ServerName {name}\n" if name else ""
    return f"<VirtualHost {' '.join(addresses)}>\n{named}{more}</VirtualHost>\n"


def by_name(server: Server, name: str) -> VirtualHost:
    return next(one for one in server.hosts if one.name == name)


def table(server: Server) -> list[str]:
    """The lines of `httpd -S`, places left out."""
    return [line.partition(" (")[0] for line in list(httpd_lines(server))[1:]]


# Addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1", Address("10.0.0.1", 8080)),
        ("0x7f.1:80", Address("127.0.0.1", 80)),
        ("010.0.0.1:80", Address("8.0.0.1", 80)),
        ("1234:80", Address("0.0.4.210", 80)),
        ("256.0.0.1:80", Address("256.0.0.1", 80)),
        ("[::ffff:10.0.0.1]:80", Address("10.0.0.1", 80)),
        ("[::1:2]:80", Address("::0.1.0.2", 80)),
        ("[fe80::1%lo]:80", Address("fe80::1%lo", 80)),
        ("::1:80", Address("::1", 80)),
        ("0:80", Address("*", 80)),
        ("_Default_:*", Address("*", 0)),
        ("10.0.0.1:", Address("10.0.0.1:", 8080)),
        ("80", None),
        ("*:0", None),
        ("*:65536", None),
        ("10.0.0.1:00000080", Address("10.0.0.1", 80)),
        ("10.0.0.1:99999999999999999999", None),
        ("[::1", None),
        ("[10.0.0.1]:80", None),
        ("[::1]80", None),
        ("[fe80::1%]:80", None),
    ],
)
def test_addresses_are_read_as_the_server_reads_them(text: str, expected: Address | None) -> None:
    assert parse_address(text, 8080) == expected


@pytest.mark.parametrize(
    "text", ["10.0.0.1:²", "²:80", "1" * 5000 + ".1:80", "[::²]:80", "9" * 5000, "[::1%\udcff]:80"]
)
def test_odd_numbers_are_no_fault(text: str) -> None:
    parse_address(text)
    assert serve(f"ServerName a:{text}\nPort {text}\nNameVirtualHost {text}\nListen {text}\n", "1.3").listeners


@pytest.mark.parametrize(
    ("text", "numeric", "name"),
    [
        ("*:80", True, False),
        ("10.0.0.1", True, False),
        ("[::1]:80", True, False),
        ("www.example.org", False, True),
        ("10.0.0.0/8", False, False),
        ("*.example", False, False),
        ("*:${PORT}", False, True),
        ("${IP}:443", False, True),
        ("*:80:90", False, False),
    ],
)
def test_what_needs_a_resolver_is_told_apart(text: str, numeric: bool, name: bool) -> None:
    address = parse_address(text)
    assert address is not None
    assert (address.is_numeric, address.may_resolve) == (numeric, name)


def test_a_bare_star_means_the_port_of_1_3s_main_server() -> None:
    place = parse_place("*", 8080, bare_is_any=False)
    assert place is not None
    assert place.address == Address("*", 8080)
    server = serve("Port 8080\n" + host("*", name="a") + host("*:*", name="b"), "1.3")
    assert [str(one.addresses[0]) for one in server.hosts[1:]] == ["*:8080", "*:*"]


@pytest.mark.parametrize(
    ("name", "pattern", "expected"),
    [
        ("a.example", "*.example", True),
        (".example", "*.example", True),
        ("example", "*.example", False),
        ("ab", "a?", True),
        ("a", "a?", False),
        ("aXbXc", "a*b*c", True),
        ("a" * 200 + "b", "*a" * 50 + "c", False),
        ("", "*", True),
    ],
)
def test_names_with_wildcards(name: str, pattern: str, expected: bool) -> None:
    assert fits(name, pattern) is expected


# The table of older servers (server/vhost.c of 2.2 and 1.3)

OVERLAP = host("*:80", name="a") + host("*:80", name="b") + host("10.0.0.1:80", name="c") + host("10.0.0.1", name="d")


def test_2_2_keeps_hosts_of_one_address_apart() -> None:
    server = serve("Listen 80\n" + OVERLAP, "2.2")
    assert table(server) == [
        "10.0.0.1:80            c",
        "wildcard NameVirtualHosts and _default_ servers:",
        "*:80                   a",
        "*:80                   b",
    ]
    assert [bool(one.sockets) for one in server.hosts[1:]] == [True, False, True, False]
    assert [miss.kind for one in ("b", "d") for miss in misses(by_name(server, one))] == ["not-named", "not-named"]


def test_2_2_names_the_sets_that_namevirtualhost_declares() -> None:
    server = serve("NameVirtualHost *:80\nNameVirtualHost 10.0.0.1\nNameVirtualHost 10.0.0.2\n" + OVERLAP, "2.2")
    assert table(server) == [
        "10.0.0.1:*             is a NameVirtualHost",
        "         default server c",
        "         port 80 namevhost c",
        "         port * namevhost d",
        "wildcard NameVirtualHosts and _default_ servers:",
        "*:80                   is a NameVirtualHost",
        "         default server a",
        "         port 80 namevhost a",
        "         port 80 namevhost b",
    ]
    assert server.select("10.0.0.9", 80, "b").name == "b"
    assert server.select("10.0.0.1", 8080, "c").name == "c", "the default, though its port is another"
    assert server.select("10.0.0.1", 8080, "d").name == "d"


def test_2_2_looks_no_further_than_the_first_set_that_fits() -> None:
    text = host("*", name="any") + host("*:80", name="exact")
    assert serve(text, "2.2").select("10.0.0.1", 80).name == "any"
    assert serve(text, "2.4").select("10.0.0.1", 80).name == "exact"


def test_2_4_needs_no_namevirtualhost() -> None:
    assert table(serve(OVERLAP))[-3:] == [
        "         default server a",
        "         port 80 namevhost a",
        "         port 80 namevhost b",
    ]


# Selection

NAMED = (
    "ServerName main\n"
    + host("*:80", "localhost:80", name="first")
    + host("*:80", "127.0.0.1:80", name="second", more="ServerAlias alias *.wild\n")
    + host("*:80", name="third", more="ServerAlias alias x.wild ?-*\n")
    + host("*:80")
    + host("*:443", name="tls")
)


@pytest.mark.parametrize(
    ("address", "port", "name", "expected"),
    [
        ("10.0.0.1", 80, "", "first"),
        ("10.0.0.1", 80, "unknown", "first"),
        ("10.0.0.1", 80, "Third.", "third"),
        ("10.0.0.1", 80, "alias", "second"),
        ("10.0.0.1", 80, "x.wild", "second"),
        ("10.0.0.1", 80, "a-b", "third"),
        ("10.0.0.1", 80, "main", ""),
        ("127.0.0.1", 80, "third", "first"),
        ("127.0.0.1", 80, "127.0.0.1", "second"),
        ("10.0.0.1", 443, "third", "tls"),
        ("10.0.0.1", 8080, "third", "main"),
    ],
)
def test_a_request_selects_its_host(address: str, port: int, name: str, expected: str) -> None:
    assert serve(NAMED).select(address, port, name).name == expected


def test_a_handshake_looks_at_names_alone() -> None:
    assert serve(NAMED).select("127.0.0.1", 80, "127.0.0.1", sni=True).name == "first"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (host("*:80", name="a") + host("*:80", name="A"), ["name-taken"]),
        (host("*:80", name="a") + host("*:80", name="A", more="ServerAlias c\n"), []),
        (
            host("*:80", name="a", more="ServerAlias *.b\n") + host("*:80", name="x.b", more="ServerAlias *.c.b\n"),
            ["name-taken"],
        ),
        (host("*:80", name="a", more="ServerAlias ?.b\n") + host("*:80", name="a", more="ServerAlias *.b\n"), []),
        (host("*:80") + host("*:80"), ["name-taken"]),
        (host("10.0.0.1:80", name="a") + host("localhost:80"), []),
        (host("*:81", name="a"), ["no-listener"]),
        (host("10.0.0.1:81", name="a"), ["no-listener"]),
        (host("10.0.0.0/8:80", name="a"), ["unresolvable"]),
        (host("www.example:80", name="a"), []),
        ("Listen 10.0.0.1:90\n" + host("10.0.0.1:90", name="b") + host("*:90", name="a"), ["hidden"]),
        ("Listen 10.0.0.1:90\n" + host("10.0.0.1", name="b") + host("*:90", name="a"), ["hidden"]),
        (host("*:80", "*:81", name="a"), ["no-listener"]),
    ],
)
def test_hosts_that_nobody_meets(text: str, kinds: list[str]) -> None:
    server = serve("Listen 80\n" + text)
    assert [miss.kind for one in server.hosts for miss in misses(one)] == kinds
    last = server.hosts[-1]
    assert is_unreachable(last) is (bool(kinds) and len(last.addresses) == 1)


def test_variables_may_be_defined_elsewhere() -> None:
    server = serve("Listen 80\n" + host("*:${PORT}", "${IP}:80", name="a"))
    assert [str(one) for one in server.hosts[1].addresses] == ["*:${PORT}", "${IP}:80"]
    assert not [miss for miss in misses(server.hosts[1]) if miss.kind == "unresolvable"]


def test_what_was_not_read_may_listen() -> None:
    assert not misses(serve("Listen 80\nInclude missing.conf\n" + host("*:81", name="a")).hosts[1])
    assert not misses(serve("Listen 80\n" + host("*:81", name="a"), role="fragment").hosts[1])


# The command

SITE = """\
#--- httpd.conf
ServerName main.example
ServerRoot /etc/httpd
Listen 80
Listen 443
LoadModule ssl_module modules/mod_ssl.so
Include sites/*.conf
#--- sites/shop.conf
<VirtualHost *:443>
    ServerName shop.example
    ServerAlias shop *.shop.example
    SSLEngine on
    SSLCertificateFile shop.pem
    SSLProtocol -all +TLSv1.2
    SSLCipherSuite ECDHE+AESGCM
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example
</VirtualHost>
#--- sites/very-old.conf
<VirtualHost *:443>
    ServerName shop.example
    SSLEngine on
</VirtualHost>
"""
SHOWN = """\
httpd.conf
  read for httpd 2.4.71 with OpenSSL 3.0.19 (upstream)

*:80  one host
  shop.example            sites/shop.conf:9      plain HTTP

*:443  2 hosts by name
  shop.example (default)  sites/shop.conf:1      TLS 1.2, 4 suites
      aliases: shop, *.shop.example
  shop.example            sites/very-old.conf:1  TLS 1.2, 27 suites

main server  takes no connection: hosts take them all
  main.example                                   plain HTTP

listens
  *:80   http   httpd.conf:3
  *:443  https  httpd.conf:4

never selected
  shop.example  sites/very-old.conf:1
      at *:443: shop.example (*:443) answers to its names before
"""


def test_the_table_for_people(sslint: Run, site: Site) -> None:
    run = sslint("vhosts", cwd=site(SITE))
    assert (run.stdout, run.stderr, run.returncode) == (SHOWN, "", 0)


def test_the_screen_of_the_manual_is_real() -> None:
    assert f"$ sslint vhosts\n{SHOWN}```" in (ROOT / "docs" / "vhosts.md").read_text(encoding="utf-8")


def test_lines_fit_a_narrow_terminal_without_unicode(sslint: Run, site: Site) -> None:
    run = sslint("vhosts", cwd=site(SITE), env={"COLUMNS": "50", "LC_ALL": "C"})
    assert run.stdout.isascii()
    assert max(map(len, run.stdout.split("\n"))) <= 60
    assert "  shop.example (default)  sites/shop.conf:1\n      TLS 1.2, 4 suites\n" in run.stdout


def test_the_table_of_httpd(sslint: Run, site: Site) -> None:
    run = sslint("vhosts", "httpd.conf", "--format", "httpd", cwd=site(SITE))
    assert run.stdout.split("\n")[:5] == [
        "VirtualHost configuration:",
        "*:80                   shop.example (/etc/httpd/sites/shop.conf:9)",
        "*:443                  is a NameVirtualHost",
        "         default server shop.example (/etc/httpd/sites/shop.conf:1)",
        "         port 443 namevhost shop.example (/etc/httpd/sites/shop.conf:1)",
    ]


def _document(run: Any) -> dict[str, Any]:
    assert run.returncode == 0, run.stderr
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["version"] == 1
    return document


def test_the_document(sslint: Run, site: Site) -> None:
    (server,) = _document(sslint("vhosts", "--format", "json", cwd=site(SITE)))["servers"]
    main, shop, plain, old = server["hosts"]
    assert [one["address"] for one in server["addresses"]] == ["*:80", "*:443"]
    assert server["addresses"][1]["members"] == [
        {"host": 1, "port": 443, "written": "*"},
        {"host": 3, "port": 443, "written": "*"},
    ]
    assert (main["number"], main["sockets"], main["selectable"]) == (0, [], True)
    assert (shop["aliases"], shop["wild_aliases"]) == (["shop"], ["*.shop.example"])
    assert shop["place"]["via"] == [{"text": "Include sites/*.conf", "file": "httpd.conf", "line": 6}]
    assert shop["engine"]["origin"]["text"] == "SSLEngine on"
    (offer,) = shop["offers"]
    assert [one["name"] for one in offer["protocols"]] == ["TLSv1.2"]
    assert offer["suites"]["TLSv1.2"][0].startswith("ECDHE-")
    assert offer["cipher_string"]["origin"]["line"] == 7
    assert {one["name"] for one in offer["absent"]} >= {"TLSv1.3", "TLSv1.1"}
    assert (plain["tls"], plain["offers"]) == (False, [])
    assert old["selectable"] is False
    assert old["never_at"][0]["by"] == [1]


def test_the_settings_file_is_heeded(sslint: Run, site: Site) -> None:
    folder = site("#--- .sslint.yaml\nroots: [one.conf, two.conf]\nhttpd: '2.2'\n#--- one.conf\n#--- two.conf\n" + SITE)
    for name in ("one", "two"):
        (folder / f"{name}.conf").write_text("Listen 80\n" + host("*:80", name=name))
    shown = sslint("vhosts", "--format", "httpd", cwd=folder).stdout
    assert [line.split()[1] for line in shown.split("\n") if line.startswith("*:80")] == ["one", "two", "shop.example"]
    assert "wildcard NameVirtualHosts" in shown, "which 2.2 prints"
    assert "wildcard" not in sslint("vhosts", "one.conf", "--format", "httpd", "--isolated", cwd=folder).stdout
    assert "(upstream)" in sslint("vhosts", "one.conf", cwd=folder).stdout


def test_offers_follow_the_certificates_that_may_be_read(sslint: Run, site: Site, tmp_path: Path) -> None:
    certificate = FIXTURES / "certificates" / "selfsigned.pem"
    folder = site("#--- server/httpd.conf\n#--- other/a.pem\n") / "server"
    (tmp_path / "other" / "a.pem").write_bytes(certificate.read_bytes())
    text = f"SSLEngine on\nSSLCertificateFile {tmp_path}/other/a.pem\nSSLCipherSuite ECDHE\n"
    (folder / "httpd.conf").write_text("Listen 443\nLoadModule ssl_module x.so\n" + host("*:443", name="a", more=text))
    kinds = []
    for options in ((), ("--check-files",)):
        (server,) = _document(sslint("vhosts", "httpd.conf", "--format", "json", *options, cwd=folder))["servers"]
        kinds.append(server["hosts"][1]["offers"][0]["key_types"])
    assert kinds[0] is None
    assert kinds[1] in (["RSA"], ["ECDSA"])


def test_what_could_not_be_read_is_told_and_the_rest_shown(sslint: Run, site: Site) -> None:
    run = sslint(
        "vhosts", "main.conf", cwd=site("#--- main.conf\nInclude missing.conf\n<VirtualHost *:80>\n</VirtualHost>\n")
    )
    assert run.returncode == 2
    assert "main.conf:1" in run.stderr
    assert "*:80" in run.stdout
    run = sslint("vhosts", "nothing.conf", cwd=site(""))
    assert (run.returncode, run.stdout) == (2, "")
    assert "nothing.conf" in run.stderr


def test_a_folder_without_a_server(sslint: Run, site: Site) -> None:
    folder = site(
        "#--- empty/readme.txt\nnothing\n#--- sites/a.conf\n" + host("*:443", name="a", more="SSLEngine on\n")
    )
    run = sslint("vhosts", "empty", cwd=folder)
    assert (run.returncode, run.stdout) == (2, "")
    run = sslint("vhosts", "", cwd=folder)
    assert (run.returncode, run.stdout) == (2, "")
    run = sslint("vhosts", "sites", cwd=folder)
    assert run.returncode == 0
    assert "  a  sites/a.conf:1  TLS" in run.stdout


def test_text_is_harmless(sslint: Run, site: Site) -> None:
    folder = site("")
    (folder / "main.conf").write_text(
        "Listen 80\n<VirtualHost *:80>\nServerName a\x1b[2Jb\nServerAlias \u202ex\n</VirtualHost>\n"
    )
    shown = sslint("vhosts", "main.conf", cwd=folder).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_macros_are_shown_where_they_are_used(sslint: Run, site: Site) -> None:
    text = (
        "#--- main.conf\nListen 80\n<Macro Site $n>\n# x\n<VirtualHost *:80>\nServerName $n\n</VirtualHost>\n</Macro>\n"
    )
    folder = site(text + "Use Site a\nUse Site b\n")
    assert "a (default)  main.conf:8" in sslint("vhosts", "main.conf", cwd=folder).stdout
    (server,) = _document(sslint("vhosts", "main.conf", "--format", "json", cwd=folder))["servers"]
    place = server["hosts"][2]["place"]
    assert (place["line"], place["via"][0]["line"]) == (4, 9)
    assert place["httpd"]["line"] == 1
    assert place["httpd"]["file"].startswith("macro 'site' (defined on line 2 of")
