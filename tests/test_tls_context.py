"""What a host's handshake takes from the default host of its address, and what lies beside versions and suites.

Every statement was tried on httpd 2.4.71 with OpenSSL 3.0.19; tests/test_differential_offer.py repeats
that with many configurations.
"""

from __future__ import annotations

import pytest
from test_server import serve

from sslint.server import Inherited
from sslint.tls import Protocol, TlsOffer, offers, withheld

P = Protocol


def two(
    first: str, second: str, *, main: str = "", httpd: str = "2.4", openssl: str = "3.0.19"
) -> tuple[TlsOffer, TlsOffer]:
    """The offers of the default host of an address and of another host there."""
    hosts = "".join(
        f"<VirtualHost *:443>\nServerName {name}.example\nSSLEngine on\n{lines}\n</VirtualHost>\n"
        for name, lines in (("one", first), ("two", second))
    )
    server = serve(f"Listen 443\n{main}\n{hosts}", httpd, openssl)
    one, two = (offers(host)[0] for host in server.hosts[1:])
    return one, two


def words(offer: TlsOffer) -> list[str]:
    return [one.protocol.word for one in offer.protocols]


def names(offer: TlsOffer, protocol: Protocol) -> list[str]:
    return [suite.openssl_name for suite in offer.suites_for(protocol)]


def test_groups_are_those_of_the_default_host() -> None:
    one, two_ = two("SSLOpenSSLConfCmd Groups P-384", "SSLOpenSSLConfCmd Groups X25519:P-256")
    assert one.groups.names == ("P-384",)
    assert two_.groups.names == ("P-384",)
    assert isinstance(two_.groups.origin, Inherited)
    assert two_.groups.unheeded is not None
    assert two_.groups.unheeded.value == "X25519:P-256"
    expected = "X25519 P-256 X448 P-521 P-384 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192"
    assert two("", "SSLOpenSSLConfCmd Curves P-521")[1].groups.names == tuple(expected.split())


def test_groups_of_the_main_server_are_everybodys() -> None:
    for offer in two("", "", main="SSLOpenSSLConfCmd Groups P-521"):
        assert offer.groups.names == ("P-521",)
        assert offer.groups.unheeded is None


def test_openssl_1_0_2_leaves_small_curves_out() -> None:
    offer, _ = two("", "", openssl="1.0.2r")
    assert offer.groups.names[:3] == ("P-256", "P-521", "brainpoolP512r1")
    assert not {"K-163", "P-224", "secp160r1"} & set(offer.groups.names)
    assert two("", "", openssl="1.0.1u")[0].groups.names == ("P-256",)


def test_which_groups_a_version_can_use() -> None:
    offer, _ = two("SSLOpenSSLConfCmd Groups X448:ffdhe2048:secp256k1:P-521\nSSLCipherSuite DEFAULT@SECLEVEL=4", "")
    assert offer.groups_for(P.TLS1_2) == ("X448", "P-521")
    assert offer.groups_for(P.TLS1_3) == ("X448", "P-521")
    offer, _ = two("SSLOpenSSLConfCmd Groups ffdhe2048:secp256k1", "")
    assert offer.groups_for(P.TLS1_2) == ("secp256k1",)
    assert offer.groups_for(P.TLS1_3) == ("ffdhe2048",)


def test_without_a_curve_there_is_no_ecdhe() -> None:
    offer, _ = two("SSLOpenSSLConfCmd Groups ffdhe2048", "")
    assert offer.suites_for(P.TLS1_2)
    assert not [suite for suite in offer.suites_for(P.TLS1_2) if suite.key_exchange == "ECDH"]


def test_old_libraries_know_fixed_curves() -> None:
    assert two("", "", httpd="2.4.16", openssl="1.0.1u")[0].groups.names == ("P-256",)
    assert two("", "", httpd="2.4.16", openssl="1.0.2k")[0].groups.names[0] == "P-256"


def test_an_unknown_group_keeps_the_server_from_starting() -> None:
    offer, _ = two("SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519", "")
    assert "AH02407" in offer.failures[0]
    assert two("SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519", "", openssl="3.5.4")[0].failures == ()


def test_bounds_of_a_named_host_count_if_it_has_an_ssl_protocol() -> None:
    command = "SSLOpenSSLConfCmd MaxProtocol TLSv1.2"
    assert words(two("", command)[1]) == ["TLSv1.2", "TLSv1.3"]
    assert words(two("", f"SSLProtocol +TLSv1.2 +TLSv1.3\n{command}")[1]) == ["TLSv1.2"]
    assert words(two(command, "")[1]) == ["TLSv1.2"]


def test_banned_versions_add_up() -> None:
    first = "SSLOpenSSLConfCmd Protocol -TLSv1.3"
    assert words(two(first, "")[1]) == ["TLSv1.2"]
    assert words(two(first, "SSLProtocol +TLSv1.2 +TLSv1.3\nSSLOpenSSLConfCmd Protocol +TLSv1.3")[1]) == ["TLSv1.2"]
    assert words(two(first, "SSLProtocol TLSv1.3")[1]) == []
    assert words(two(first, "SSLOpenSSLConfCmd Protocol -TLSv1.2")[1]) == []
    reasons = {one.protocol: one.reason for one in two(first, "")[1].absent}
    assert reasons[P.TLS1_3] == "SSLOpenSSLConfCmd Protocol -TLSv1.3 takes it out"


def test_srp_is_the_default_hosts_and_needs_no_signature() -> None:
    srp, plain = "SSLCipherSuite SRP:AES128-SHA\nSSLSRPVerifierFile /srp", "SSLCipherSuite SRP:AES128-SHA"
    first, other = two(srp, plain)
    assert words(first) == words(other) == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
    assert names(first, P.TLS1) == ["SRP-AES-256-CBC-SHA", "SRP-AES-128-CBC-SHA"]
    assert words(two(plain, srp)[1]) == ["TLSv1.2", "TLSv1.3"]
    assert words(two(srp, "", openssl="3.5.4")[0]) == ["TLSv1.2", "TLSv1.3"]


def test_tls13_suites_are_the_named_hosts() -> None:
    one, two_ = two(
        "SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256", "SSLCipherSuite TLSv1.3 TLS_CHACHA20_POLY1305_SHA256"
    )
    assert names(one, P.TLS1_3) == ["TLS_AES_128_GCM_SHA256"]
    assert names(two_, P.TLS1_3) == ["TLS_CHACHA20_POLY1305_SHA256"]
    offer, _ = two(
        "SSLOpenSSLConfCmd Ciphersuites TLS_AES_256_GCM_SHA384",
        "",
        main="SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256",
    )
    assert names(offer, P.TLS1_3) == ["TLS_AES_256_GCM_SHA384"]


def test_no_suite_for_tls13_in_the_default_host_refuses_everybody() -> None:
    empty = "SSLCipherSuite TLSv1.3 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    one, two_ = two(empty, "")
    assert words(one) == words(two_) == []
    assert "every handshake fails" in two_.failures[0]
    assert "the default host of the address, one.example" in {a.protocol: a.reason for a in two_.absent}[P.TLS1_2]
    one, two_ = two("", empty)
    assert words(one) == ["TLSv1.2", "TLSv1.3"]
    assert words(two_) == ["TLSv1.2"]


def test_signature_algorithms_leave_out_keys() -> None:
    offer, _ = two("SSLOpenSSLConfCmd SignatureAlgorithms ECDSA+SHA256", "")
    assert {suite.au for suite in offer.suites_for(P.TLS1_2)} == {"ECDSA"}
    offer, _ = two("SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA512", "")
    assert words(offer) == ["TLSv1.2"], "TLS 1.3 signs with PSS"
    assert {suite.au for suite in offer.suites_for(P.TLS1_2)} == {"RSA"}


@pytest.mark.parametrize(
    ("attribute", "line", "contrary", "value"),
    [
        ("honors_server_order", "SSLHonorCipherOrder on", "SSLHonorCipherOrder off", True),
        ("tickets", "SSLSessionTickets off", "SSLSessionTickets on", False),
        ("insecure_renegotiation", "SSLInsecureRenegotiation on", "SSLInsecureRenegotiation off", True),
        ("honors_server_order", "SSLOpenSSLConfCmd Options ServerPreference", "SSLHonorCipherOrder off", True),
        ("tickets", "SSLOpenSSLConfCmd Options -SessionTicket", "SSLOpenSSLConfCmd Options SessionTicket", False),
    ],
)
def test_what_the_default_host_switches_on_stays_on(attribute: str, line: str, contrary: str, value: bool) -> None:
    one, two_ = two(line, contrary)
    assert getattr(one, attribute).value is value
    assert getattr(two_, attribute).value is value
    assert isinstance(getattr(two_, attribute).origin, Inherited)
    one, two_ = two(contrary, line)
    assert getattr(one, attribute).value is not value
    assert getattr(two_, attribute).value is value


def test_defaults_of_switches() -> None:
    offer, _ = two("", "")
    assert offer.honors_server_order.value is False
    assert offer.tickets.value is True
    assert offer.compression.value is False
    assert two("", "", httpd="2.4.3", openssl="1.0.1e")[0].compression.value is True
    assert two("", "", httpd="2.2.26", openssl="1.0.1e")[0].compression.value is False


def test_clients_certificates() -> None:
    _, offer = two(
        "SSLVerifyClient require\nSSLVerifyDepth 3", "SSLVerifyClient optional_no_ca", main="SSLVerifyDepth 2"
    )
    assert offer.verify_client.value == "optional_no_ca"
    assert offer.verify_depth.value == 2
    assert two("", "")[0].verify_client.value == "none"
    assert two("", "")[0].verify_depth.value == 1


def test_diffie_hellman() -> None:
    assert two("", "")[0].dh.bits is None
    assert two("", "", httpd="2.4.6", openssl="1.0.1e")[0].dh.bits == 1024
    command = "SSLOpenSSLConfCmd DHParameters /etc/ssl/dh.pem"
    assert two(command, "")[0].dh.directive is None, "OpenSSL 3.0 chooses by itself"
    assert two(command, "", openssl="1.1.1w")[0].dh.directive is not None


@pytest.mark.parametrize(
    ("lines", "suite", "reason"),
    [
        ("SSLCipherSuite ALL", "DHE-PSK-AES128-GCM-SHA256", "httpd has no pre-shared keys"),
        ("SSLCipherSuite ALL", "SRP-AES-128-CBC-SHA", "no SSLSRPVerifierFile is set"),
        ("SSLProtocol TLSv1.3", "AES128-SHA", "it works with none of the versions that are offered"),
        ("SSLCipherSuite ALL@SECLEVEL=3", "AES128-SHA", "security level 3 refuses it"),
        ("SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256", "ECDHE-ECDSA-AES128-SHA",
         "the server has no ECDSA key that may be used"),
        ("SSLOpenSSLConfCmd Groups ffdhe2048", "ECDHE-RSA-AES128-SHA", "no group of the list works with it"),
    ],
)  # fmt: skip
def test_suites_that_are_withheld(lines: str, suite: str, reason: str) -> None:
    offer, _ = two(lines, "")
    assert {one.suite.openssl_name: one.reason for one in withheld(offer)}[suite] == reason
    assert suite not in [one.suite.openssl_name for one in offer.suites]


@pytest.mark.parametrize(
    "first",
    [
        "SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd MinProtocol TLSv1.3",
        "SSLOpenSSLConfCmd Protocol -ALL",
        "SSLProtocol TLSv1\nSSLCipherSuite AESGCM",
        "SSLProtocol TLSv1.1\nSSLCipherSuite DEFAULT:@SECLEVEL=4",
        "SSLCipherSuite AESGCM:@SECLEVEL=0\nSSLOpenSSLConfCmd Protocol -TLSv1.2",
    ],
)
def test_a_default_host_without_a_version_refuses_everybody(first: str) -> None:
    own = "SSLProtocol TLSv1.2 +TLSv1.3\nSSLCipherSuite ALL:@SECLEVEL=0"
    assert words(two(first, own)[1]) == []
    assert words(two(own, first)[0]) == ["TLSv1.2", "TLSv1.3"]


def test_a_default_host_without_keys_for_its_suites_refuses_nobody_else() -> None:
    first = "SSLProtocol TLSv1\nSSLCipherSuite ECDHE-ECDSA-AES128-SHA"
    assert words(two(first, "SSLProtocol TLSv1.3")[1]) == ["TLSv1.3"]


def test_the_level_of_an_overridden_string_stays() -> None:
    offer, _ = two("SSLProtocol all\nSSLCipherSuite ALL:@SECLEVEL=0\nSSLOpenSSLConfCmd CipherString AES128-SHA", "")
    assert offer.security_level == 0
    assert words(offer) == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
    commands = "SSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=1\nSSLOpenSSLConfCmd CipherString AES128-SHA"
    assert two(f"SSLCipherSuite ALL:@SECLEVEL=0\n{commands}", "")[0].security_level == 1


def test_each_address_has_its_default_host() -> None:
    text = "Listen 443\nListen 444\n"
    for name, port, lines in (
        ("one", "*:443", "SSLHonorCipherOrder on\nSSLOpenSSLConfCmd Groups P-384"),
        ("two", "*:444", "SSLSessionTickets off"),
        ("three", "*:443 *:444", "SSLProtocol TLSv1.3"),
        ("four", "*:443 *:444", ""),
    ):
        text += f"<VirtualHost {port}>\nServerName {name}\nSSLEngine on\n{lines}\n</VirtualHost>\n"
    for host in serve(text, "2.4", "3.0.19").hosts[3:]:
        first, second = offers(host)
        assert (first.honors_server_order.value, first.tickets.value, first.groups.names) == (True, True, ("P-384",))
        assert (second.honors_server_order.value, second.tickets.value) == (False, False)
        assert second.groups.names[0] == "X25519"


def test_level_3_forbids_tickets() -> None:
    offer, _ = two("SSLCipherSuite ALL:@SECLEVEL=3", "")
    assert not offer.tickets.value
    assert offer.tickets.directive is not None
    assert offer.tickets.directive.name == "SSLCipherSuite"


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ("SSLOpenSSLConfCmd VerifyMode Request", "optional_no_ca"),
        ("SSLOpenSSLConfCmd VerifyMode Peer,Require", "require"),
        ("SSLVerifyClient optional\nSSLOpenSSLConfCmd VerifyMode Request", "optional"),
        ("SSLVerifyClient require\nSSLOpenSSLConfCmd VerifyMode Once", "require"),
    ],
)
def test_verify_mode_asks_for_certificates(lines: str, asked: str) -> None:
    assert two(lines, "")[0].verify_client.value == asked


@pytest.mark.parametrize(
    ("word", "groups"), [("SUITEB128", ("P-256", "P-384")), ("SUITEB128ONLY", ("P-256",)), ("SUITEB192", ("P-384",))]
)
def test_suite_b_restricts_more_than_suites(word: str, groups: tuple[str, ...]) -> None:
    _, offer = two("SSLOpenSSLConfCmd Groups X25519", f"SSLCipherSuite {word}")
    assert offer.groups_for(P.TLS1_2) == offer.groups_for(P.TLS1_3) == groups
    assert offer.honors_server_order.value
    assert offer.keys_for(P.TLS1_3) == {"ECDSA", "ECDH"}
    assert two(f"SSLCipherSuite {word}", "SSLCipherSuite HIGH")[1].groups.names[0] == "X25519"


def test_a_suite_of_tls13_that_is_named_twice_is_offered_once() -> None:
    offer, _ = two("SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_128_GCM_SHA256", "")
    assert names(offer, P.TLS1_3) == ["TLS_AES_128_GCM_SHA256"]


def test_an_empty_second_word_of_ssl_cipher_suite_is_none() -> None:
    offer, _ = two('SSLCipherSuite AES128-SHA ""\nSSLProtocol TLSv1.2', "")
    assert names(offer, P.TLS1_2) == ["AES128-SHA"]
    offer, _ = two('SSLCipherSuite TLSv1.3 ""', "")
    assert offer.tls13.value is None
    assert "AH01898" in offer.failures[0]
