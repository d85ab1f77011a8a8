"""What a host offers: protocol versions and suites, with reasons."""

from __future__ import annotations

import pytest
from test_server import serve

from sslint.knowledge.targets import DEFAULT, Target
from sslint.knowledge.versions import HttpdVersion
from sslint.tls import Protocol, TlsOffer, available, offers, switch_on
from sslint.tls.protocols import barred_by_level, default_protocols, without_gaps

P = Protocol


def target(httpd: str, openssl: str) -> Target:
    return DEFAULT.replace(httpd=HttpdVersion.parse(httpd), openssl=openssl)


def offered(lines: str, *, httpd: str = "2.4", openssl: str = "1.1.1", name: str = "") -> TlsOffer:
    text = f"Listen 443\n<VirtualHost *:443>\nSSLEngine on\n{lines}\n</VirtualHost>\n"
    server = serve(text, httpd, openssl, target=name)
    return offers(server.hosts[1])[0]


def labels(offer: TlsOffer) -> list[str]:
    return [one.protocol.label for one in offer.protocols]


@pytest.mark.parametrize(
    ("httpd", "openssl", "words"),
    [
        ("1.3", "0.9.8", "SSLv2 SSLv3 TLSv1"),
        ("2.0", "0.9.8", "SSLv2 SSLv3 TLSv1"),
        ("2.2.22", "1.0.1", "SSLv2 SSLv3 TLSv1"),
        ("2.2.23", "1.0.1u", "SSLv3 TLSv1 TLSv1.1 TLSv1.2"),
        ("2.4.16", "1.0.2k", "SSLv3 TLSv1 TLSv1.1 TLSv1.2"),
        ("2.4.35", "1.1.1", "TLSv1 TLSv1.1 TLSv1.2"),
        ("2.4.36", "1.1.1", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
        ("2.4", "3.0", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
    ],
)
def test_all(httpd: str, openssl: str, words: str) -> None:
    assert [one.word for one in sorted(available(target(httpd, openssl)))] == words.split()


def test_the_default_drops_sslv3_from_2_4_17_on() -> None:
    assert P.SSL3 in default_protocols(target("2.4.16", "1.0.2"))
    assert P.SSL3 not in default_protocols(target("2.4.17", "1.0.2"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("all -SSLv3", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
        ("ALL -tlsv1 -TLSV1.1", "TLSv1.2 TLSv1.3"),
        ("+TLSv1.2", "TLSv1.2"),
        ("-SSLv3", ""),
        ("TLSv1.2 TLSv1.3", "TLSv1.3"),
        ("TLSv1.2 +TLSv1.3", "TLSv1.2 TLSv1.3"),
        ("+TLSv1 all", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
        ("-all +TLSv1.1 +TLSv1.2", "TLSv1.1 TLSv1.2"),
        ("all -SSLv2", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
    ],
)
def test_words(words: str, expected: str) -> None:
    assert [one.word for one in switch_on(words.split(), target("2.4", "1.1.1"))] == expected.split()


def test_each_version_knows_the_word_that_switched_it_on() -> None:
    assert switch_on(["-all", "+TLSv1", "+TLSv1.2"], target("2.4", "1.1.1")) == {P.TLS1: 1, P.TLS1_2: 2}


def test_a_gap_cuts_off_what_is_below_it_from_openssl_1_1_0_on() -> None:
    wanted = {P.TLS1, P.TLS1_2}
    assert without_gaps(wanted, target("2.4", "1.1.1")) == {P.TLS1_2}
    assert without_gaps(wanted, target("2.4", "1.0.2")) == wanted


@pytest.mark.parametrize(
    ("protocol", "openssl", "level", "barred"),
    [
        (P.SSL3, "1.1.1", 1, False), (P.SSL3, "1.1.1", 2, True), (P.TLS1, "1.1.1", 2, False),
        (P.TLS1, "1.1.1", 3, True), (P.TLS1_1, "1.1.1", 3, False), (P.TLS1, "3.0.19", 0, False),
        (P.TLS1, "3.0.19", 1, True), (P.TLS1_2, "3.0.19", 5, False), (P.TLS1, "1.0.2", 2, False),
    ],
)  # fmt: skip
def test_levels(protocol: Protocol, openssl: str, level: int, barred: bool) -> None:
    assert barred_by_level(protocol, level, target("2.4", openssl)) is barred


def test_distributions() -> None:
    assert labels(offered("", name="debian-11"))[0] == "TLS 1.0", "mod_ssl overrides openssl.cnf"
    assert labels(offered("", name="debian-12"))[0] == "TLS 1.2"
    assert labels(offered("", name="ubuntu-20.04"))[0] == "TLS 1.2"
    assert labels(offered("SSLCipherSuite DEFAULT@SECLEVEL=1", name="ubuntu-20.04"))[0] == "TLS 1.0"
    assert labels(offered("", name="rhel-8"))[0] == "TLS 1.2", "without SSLProtocol the policy rules"
    assert labels(offered("SSLProtocol all", name="rhel-8"))[0] == "TLS 1.0"


def test_the_librarys_commands_come_last() -> None:
    lines = "SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd {}"
    assert labels(offered(lines.format("minprotocol TLSv1.1"))) == ["TLS 1.1", "TLS 1.2"]
    assert labels(offered(lines.format("MaxProtocol TLSv1.3"))) == ["TLS 1.2", "TLS 1.3"]
    assert labels(offered(lines.format("Protocol -TLSv1.2"))) == []
    assert labels(offered(lines.format('Protocol "ALL"'), openssl="1.0.2")) == [
        "SSLv3",
        "TLS 1.0",
        "TLS 1.1",
        "TLS 1.2",
    ]


def test_bounds_that_cross_stay_until_a_later_command_moves_one() -> None:
    lines = "SSLEngine on\nSSLProtocol TLSv1.3\nSSLOpenSSLConfCmd MaxProtocol TLSv1.2\n"
    assert labels(offered(lines)) == []
    assert labels(offered(lines + "SSLOpenSSLConfCmd MinProtocol TLSv1.2")) == ["TLS 1.2"]


def test_every_absence_has_a_reason() -> None:
    offer = offered("SSLProtocol all -TLSv1.2", openssl="3.0.19")
    reasons = {one.protocol: one.reason for one in offer.absent}
    assert reasons == {
        P.SSL2: "httpd 2.4.71 with OpenSSL 3.0.19 does not have it",
        P.SSL3: "httpd 2.4.71 with OpenSSL 3.0.19 does not have it",
        P.TLS1: "a newer version is switched off, which cuts off everything below it",
        P.TLS1_1: "a newer version is switched off, which cuts off everything below it",
        P.TLS1_2: "it is not switched on",
    }
    held = offered("SSLProtocol all", openssl="3.0.19").absent[2]
    assert (held.held_back, held.reason) == (True, "OpenSSL 3.0.19 refuses it at security level 1")


def test_a_version_needs_a_suite() -> None:
    assert labels(offered("SSLProtocol all\nSSLCipherSuite ECDHE+AESGCM")) == ["TLS 1.2", "TLS 1.3"]


def test_failures_are_facts() -> None:
    assert offered("SSLProtocol -SSLv3").failures == (
        "SSLProtocol leaves no version: the server does not start (AH02231)",
    )
    assert offered("SSLProtocol TLSv1", openssl="3.0.19").failures == (
        "no version is left that the library would negotiate: every handshake fails",
    )
    assert offered("SSLCipherSuite NOTHING").failures[-1].endswith("the server does not start (AH01898)")


def test_suites_are_those_of_the_offered_versions_in_order() -> None:
    offer = offered("SSLProtocol TLSv1.2\nSSLCipherSuite AES128-SHA:AES128-GCM-SHA256:aNULL")
    assert [(one.suite.name, one.protocols) for one in offer.suites] == [
        ("AES128-SHA", (P.TLS1_2,)), ("AES128-GCM-SHA256", (P.TLS1_2,)),
    ]  # fmt: skip
    assert offered("SSLProtocol TLSv1.3").suites == ()


def test_an_element_is_found_in_the_source() -> None:
    text = 'Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCipherSuite "HIGH:\\\n  RC4-SHA"\n</VirtualHost>\n'
    offer = offers(serve(text, "2.4.10", "1.0.1").hosts[1])[0]
    suite = next(one.suite for one in offer.suites if one.suite.name == "RC4-SHA")
    element = offer.cipher.element(suite)
    assert element is not None
    span = offer.cipher.place(element)
    assert span is not None
    assert text[span.start : span.end] == "RC4-SHA"


def test_an_old_server_lets_the_default_host_decide() -> None:
    text = (
        "Listen 443\n<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLProtocol TLSv1.2\n</VirtualHost>\n"
        "<VirtualHost *:443>\nServerName b\nSSLEngine on\nSSLProtocol all\n</VirtualHost>\n"
    )
    assert labels(offers(serve(text, "2.4.41", "1.1.1").hosts[2])[0]) == ["TLS 1.2"]
    assert "TLS 1.0" in labels(offers(serve(text, "2.4.42", "1.1.1").hosts[2])[0])
    assert labels(offers(serve(text, "2.4.42", "1.0.2").hosts[2])[0]) == ["TLS 1.2"]


def test_a_host_without_sslprotocol_keeps_the_default_hosts_range() -> None:
    text = (
        "Listen 443\n<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLProtocol TLSv1.2\n</VirtualHost>\n"
        "<VirtualHost *:443>\nServerName b\nSSLEngine on\n</VirtualHost>\n"
    )
    assert labels(offers(serve(text, "2.4", "1.1.1").hosts[2])[0]) == ["TLS 1.2"]


@pytest.mark.parametrize(("name", "expected"), [("debian-11", False), ("ubuntu-20.04", False), ("rhel-8", True)])
def test_debians_library_has_no_idea(name: str, expected: bool) -> None:
    suites = [one.suite.cipher for one in offered("SSLProtocol all\nSSLCipherSuite IDEA:AESGCM", name=name).suites]
    assert ("IDEA" in suites) is expected


@pytest.mark.parametrize("name", ["rhel-8", "rhel-9", "fedora", "amazon-2023"])
def test_the_systems_policy_is_a_cipher_string(name: str) -> None:
    """The list of crypto-policies' DEFAULT stands for PROFILE=SYSTEM, and for a missing SSLCipherSuite."""
    for line in ("SSLCipherSuite PROFILE=SYSTEM", ""):
        offer = offered(line, name=name)
        suites = [one.suite for one in offer.suites]
        assert offer.security_level == 2
        assert "AES128-GCM-SHA256" in [suite.name for suite in suites]
        assert {suite.cipher for suite in suites} == {"AESGCM", "AES", "AESCCM", "CHACHA20/POLY1305"}
        assert not offer.failures


def test_elsewhere_the_systems_policy_is_an_unknown_word() -> None:
    for name in ("debian-12", "rhel-7", "upstream"):
        assert "AH01898" in " ".join(offered("SSLCipherSuite PROFILE=SYSTEM", name=name).failures)
