"""The server model: selection of hosts, merging of settings, sockets, TLS by implication."""

from __future__ import annotations

import time

import pytest

from sslint.configuration import Role, expand
from sslint.files import MemoryFiles
from sslint.knowledge.targets import DEFAULT, Target, preset
from sslint.knowledge.versions import HttpdVersion
from sslint.server import Default, Inherited, Server, Unknown, VirtualHost, build, listing
from sslint.server.addresses import Address, parse_address


def serve(text: str, httpd: str = "2.4", openssl: str = "3.0.19", role: Role = "main", target: str = "") -> Server:
    chosen: Target = preset(target) if target else DEFAULT.replace(httpd=HttpdVersion.parse(httpd), openssl=openssl)
    return build(
        expand("/etc/apache2/apache2.conf", MemoryFiles({"/etc/apache2/apache2.conf": text}), chosen, role=role)
    )


def host(server: Server, name: str) -> VirtualHost:
    return next(one for one in server.hosts if name in (one.name, one.header_text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", Address("*", 0)),
        ("*:80", Address("*", 80)),
        ("*:*", Address("*", 0)),
        ("_default_:443", Address("*", 443)),
        ("0.0.0.0:80", Address("*", 80)),
        ("[::]:80", Address("*", 80)),
        ("10.0.0.1", Address("10.0.0.1", 8080)),
        ("10.0.0.1:81", Address("10.0.0.1", 81)),
        ("[2001:DB8:0::1]:443", Address("2001:db8::1", 443)),
        ("www.Example.org:443", Address("www.example.org", 443)),
        (":80", None),
    ],
)
def test_addresses(text: str, expected: Address | None) -> None:
    assert parse_address(text, 8080) == expected


def test_a_bare_address_takes_the_port_that_servername_has_so_far() -> None:
    server = serve(
        "<VirtualHost 10.0.0.1>\n</VirtualHost>\nServerName m:8080\n<VirtualHost 10.0.0.2>\n</VirtualHost>\n"
    )
    assert [str(one.addresses[0]) for one in server.hosts[1:]] == ["10.0.0.1:*", "10.0.0.2:8080"]


BY_NAME = """\
Listen 443
{named}
<VirtualHost *:443>
ServerName a
SSLEngine on
</VirtualHost>
<VirtualHost *:443>
ServerName b
ServerAlias bb *.B
SSLEngine on
</VirtualHost>
"""


def test_hosts_of_one_address_share_it_by_name() -> None:
    server = serve(BY_NAME.format(named=""))
    assert host(server, "b").first_on_address is host(server, "a")
    assert host(server, "b").names == ("b", "bb", "*.b")
    assert [one.is_tls for one in server.hosts] == [False, True, True]


NAMED = [
    ("", False),
    ("NameVirtualHost *:443", True),
    ("NameVirtualHost *", True),  # "proceeding with undefined results", which are these
    ("NameVirtualHost *:80", False),
    ("NameVirtualHost _default_:443", False),
]


@pytest.mark.parametrize(("named", "met"), NAMED)
def test_2_2_wants_a_namevirtualhost_that_covers_the_address(named: str, met: bool) -> None:
    server = serve(BY_NAME.format(named=named), httpd="2.2", openssl="1.0.1")
    assert bool(host(server, "b").sockets) is met


def test_an_exact_address_hides_the_wildcard_for_its_listener() -> None:
    server = serve(
        "Listen 10.0.0.1:443\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n"
        "<VirtualHost 10.0.0.1:443>\nServerName b\nSSLEngine on\n</VirtualHost>\n"
    )
    assert host(server, "*:443").sockets == ()
    assert host(server, "b").is_tls


def test_the_main_server_takes_what_no_host_takes() -> None:
    server = serve("Listen 80\nListen 81\n<VirtualHost *:81>\n</VirtualHost>\n")
    assert [str(socket.address) for socket in server.main.sockets] == ["*:80"]


def test_a_server_without_listen_is_judged_as_if_it_had_one() -> None:
    assert serve("SSLEngine on\n").main.is_tls
    assert serve("").main.plain_sockets
    assert not serve("<VirtualHost *:80>\n</VirtualHost>\n").main.sockets


def test_a_default_host_without_tls_leaves_its_address_without() -> None:
    text = "Listen 443\n<VirtualHost *:443>\nSSLEngine off\n</VirtualHost>\n" + BY_NAME.format(named="")
    assert not host(serve(text), "b").is_tls


def test_a_port_that_nobody_listens_to_is_never_met() -> None:
    text = "Listen 80\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n"
    assert host(serve(text), "*:443").sockets == ()
    assert host(serve("Include missing.conf\n" + text), "*:443").is_tls, "what was not read may listen"


@pytest.mark.parametrize(
    ("listen", "at", "more", "expected"),
    [
        ("443", "*:443", "ServerName a", True),
        ("443", "[::]:443", "ServerName a", True),
        ("443", "0.0.0.0:443", "ServerName a", False),
        ("0.0.0.0:443", "0.0.0.0:443", "ServerName a", True),
        ("0.0.0.0:443", "[::]:443", "ServerName a", False),
        ("127.0.0.1:443", "*:443", "ServerName a", False),
        ("443", "*:443", "", False),
        ("443", "*:443", "TraceEnable off", True),
        ("443", "*:443", "KeepAlive off", False),
        ("443", "*:443", "Define x y", False),
    ],
)
def test_listen_switches_tls_on_for_hosts_with_something_of_the_core(
    listen: str, at: str, more: str, expected: bool
) -> None:
    server = serve(f"Listen {listen}\n<VirtualHost {at}>\n{more}\nSSLCertificateFile a.pem\n</VirtualHost>\n")
    assert server.hosts[1].engine.value is expected


# Settings


def test_a_setting_tells_its_origin_and_its_losers() -> None:
    server = serve(
        "SSLProtocol all\nSSLProtocol TLSv1.3\n<VirtualHost *:1>\nServerName a\n</VirtualHost>\n"
        "<VirtualHost *:1>\nServerName b\nSSLProtocol TLSv1.2\n</VirtualHost>\n"
    )
    inherited, own = host(server, "a").setting("sslprotocol"), host(server, "b").setting("sslprotocol")
    assert isinstance(inherited.origin, Inherited)
    assert (inherited.directive and inherited.directive.line, inherited.origin.host) == (2, server.main)
    assert own.directive and own.directive.line == 8
    assert [loser.line for loser in own.losers] == [1, 2]
    assert host(server, "a").setting("sslciphersuite").origin == Default("httpd 2.4.71")


def test_the_two_kinds_of_cipher_lists_are_apart() -> None:
    server = serve("SSLCipherSuite HIGH\nSSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256\nSSLCipherSuite SSL AES\n")
    words = server.main.choose("sslciphersuite", "SSL").value
    assert words and words[-1].value == "AES"
    words = server.main.choose("sslciphersuite", "TLSv1.3").value
    assert words and words[-1].value == "TLS_AES_128_GCM_SHA256"


def test_what_a_reader_takes_for_false_is_left_out() -> None:
    server = serve(
        "<IfDefine OLD>\nSSLProtocol all\n<VirtualHost *:1>\n</VirtualHost>\n</IfDefine>\n"
        "<IfModule mod_ssl.c>\nSSLProtocol TLSv1.2\n</IfModule>\n"
    )
    setting = server.main.setting("sslprotocol")
    assert len(server.hosts) == 1
    assert setting.value and setting.value[0].value == "TLSv1.2"
    assert setting.condition is not None


def test_around_a_fragment_everything_is_unknown() -> None:
    server = serve("<VirtualHost *:443>\nServerName a\n</VirtualHost>\n", role="fragment")
    assert isinstance(host(server, "a").setting("sslprotocol").origin, Unknown)
    assert host(server, "a").is_tls is None
    assert server.main.is_tls is None
    assert serve("<VirtualHost *:80>\n</VirtualHost>\n", role="fragment").hosts[1].is_tls is False


# SSLEngine


@pytest.mark.parametrize(("httpd", "expected"), [("2.0", True), ("2.2", False), ("2.4", True)])
def test_inheritance_of_sslengine(httpd: str, expected: bool) -> None:
    server = serve("Listen 8443\nSSLEngine on\n<VirtualHost *:8443>\n</VirtualHost>\n", httpd=httpd, openssl="1.0.1")
    assert server.hosts[1].engine.value is expected


IMPLIED = "Listen {listen}\n<VirtualHost *:443>\n{inside}</VirtualHost>\n"


@pytest.mark.parametrize(
    ("listen", "inside", "httpd", "expected"),
    [
        ("443", "ServerName a\nSSLCertificateFile x\n", "2.4", True),
        ("443", "ServerName a\n", "2.4", False),
        ("443", "ServerName a\n", "2.4.33", True),
        ("443", "SSLCertificateFile x\n", "2.4", False),
        ("443 http", "ServerName a\nSSLCertificateFile x\n", "2.4", False),
        ("127.0.0.1:443", "ServerName a\nSSLCertificateFile x\n", "2.4", False),
        ("443", "SSLEngine off\nServerName a\nSSLCertificateFile x\n", "2.4", False),
        ("443", "SSLEngine off\n", "2.2", True),
    ],
)
def test_tls_by_implication(listen: str, inside: str, httpd: str, expected: bool) -> None:
    server = serve(IMPLIED.format(listen=listen, inside=inside), httpd=httpd, openssl="1.0.2")
    assert server.hosts[1].engine.value is expected


# Size


def test_five_thousand_hosts_are_built_at_three_microseconds_a_line() -> None:
    line = "SetEnv NAME value\n" * 17
    text = "Listen 443\n" + "".join(
        f"<VirtualHost *:443>\nServerName h{n}\n{line}</VirtualHost>\n" for n in range(5000)
    )
    files = MemoryFiles({"/etc/apache2/apache2.conf": text})
    configuration = expand("/etc/apache2/apache2.conf", files, DEFAULT)
    spent = []
    for _ in range(3):
        begun = time.process_time()
        server = build(configuration)
        spent.append(time.process_time() - begun)
    assert min(spent) / text.count("\n") < 3e-6
    assert server.hosts[-1].first_on_address is server.hosts[1]
    assert listing(server.hosts[1:]) == "h0 (*:443), h1 (*:443), h2 (*:443) and 4997 more"
