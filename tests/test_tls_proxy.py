"""What a host says to TLS backends, and how it checks them."""

from __future__ import annotations

import pytest
from test_server import serve

from sslint.tls import ProxyOffer, proxy_offer


def proxied(
    lines: str, *, main: str = "", httpd: str = "2.4", openssl: str = "1.1.1w", section: str = ""
) -> ProxyOffer:
    inner = f"<Proxy https://backend/>\n{section}\n</Proxy>" if section else ""
    text = f"Listen 80\n{main}\n<VirtualHost *:80>\n{lines}\n{inner}\n</VirtualHost>\n"
    host = serve(text, httpd, openssl).hosts[1]
    return proxy_offer(host, host.own_scopes[0] if section else None)


def words(offer: ProxyOffer) -> list[str]:
    return [one.protocol.word for one in offer.protocols]


def test_the_engine_is_off_by_default() -> None:
    assert proxied("").enabled.value is False
    assert proxied("", main="SSLProxyEngine on").enabled.value is True


def test_versions() -> None:
    assert words(proxied("")) == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
    assert words(proxied("SSLProtocol TLSv1.3")) == ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"], "the servers' side"
    assert words(proxied("SSLProxyProtocol +TLSv1.1 +TLSv1.3")) == ["TLSv1.3"]
    assert words(proxied("", openssl="3.5.4")) == ["TLSv1.2", "TLSv1.3"]
    assert words(proxied("SSLProxyCipherSuite AESGCM", openssl="3.0.19")) == ["TLSv1.2", "TLSv1.3"]


def test_a_client_with_3_0_needs_no_signature_for_old_versions() -> None:
    offer = proxied("SSLProxyProtocol +TLSv1 +TLSv1.1\nSSLProxyCipherSuite AES128-SHA:ECDHE+AES128", openssl="3.0.19")
    assert words(offer) == ["TLSv1", "TLSv1.1"]
    assert [one.suite.openssl_name for one in offer.suites] == ["AES128-SHA"]


def test_a_proxy_section_comes_first() -> None:
    offer = proxied("SSLProxyProtocol TLSv1.2", main="SSLProxyProtocol all", section="SSLProxyProtocol TLSv1.3")
    assert words(offer) == ["TLSv1.3"]
    assert [one.text.split()[0] for one in offer.protocol_setting.losers] == ["all", "TLSv1.2"]


def test_suites() -> None:
    names = [one.suite.name for one in proxied("SSLProxyCipherSuite AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256").suites]
    assert names == ["AES128-SHA", "ECDHE-RSA-AES128-GCM-SHA256"]
    offer = proxied("SSLProxyCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256")
    assert [suite.name for suite in offer.tls13.suites] == ["TLS_AES_128_GCM_SHA256"]
    assert proxied("SSLProxyCipherSuite NONSENSE").cipher.error


def test_backends_are_not_authenticated_by_default() -> None:
    assert proxied("").verify.value == "none"
    assert not proxied("SSLProxyVerify require").authenticates
    assert proxied("SSLProxyVerify require\nSSLProxyCACertificateFile ca.pem").authenticates


@pytest.mark.parametrize(
    ("lines", "httpd", "checked"),
    [
        ("", "2.4", True),
        ("", "2.2.34", False),
        ("SSLProxyCheckPeerCN on", "2.2.34", True),
        ("SSLProxyCheckPeerName off", "2.4", False),
        ("SSLProxyCheckPeerCN off", "2.4", False),
        ("SSLProxyCheckPeerCN off\nSSLProxyCheckPeerName on", "2.4", True),
        ("SSLProxyCheckPeerName off\nSSLProxyCheckPeerCN on", "2.4", True),
    ],
)
def test_names(lines: str, httpd: str, checked: bool) -> None:
    openssl = "1.0.2k" if httpd.startswith("2.2") else "3.0.19"
    assert proxied(lines, httpd=httpd, openssl=openssl).checks_name.value is checked


def test_an_empty_second_word_is_none() -> None:
    """As for SSLCipherSuite, which httpd 2.4.71 was asked about."""
    for side in (
        {"lines": 'SSLProxyCipherSuite AES128-SHA ""'},
        {"lines": "", "section": 'SSLProxyCipherSuite AES128-SHA ""'},
    ):
        assert [one.suite.name for one in proxied(**side).suites] == ["AES128-SHA"]
