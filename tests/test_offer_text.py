"""The picture of an offer."""

from __future__ import annotations

from test_server import serve

from sslint.reporters.view import View
from sslint.tls import offers
from sslint.views.offer_text import OfferPicture

HOSTS = """\
Listen 443
SSLCipherSuite HIGH:!aNULL
<VirtualHost *:443>
    ServerName one.example
    SSLEngine on
    SSLHonorCipherOrder on
    SSLOpenSSLConfCmd Groups X25519
</VirtualHost>
<VirtualHost *:443>
    ServerName two.example
    SSLEngine on
    SSLProtocol all -TLSv1.3
    SSLOpenSSLConfCmd Groups P-384
    SSLVerifyClient optional
</VirtualHost>
"""


def picture(index: int, text: str = HOSTS) -> str:
    host = serve(text).hosts[index]
    lines = OfferPicture(offers(host)[0], View(width=100), str).lines()
    return "\n".join(" ".join(line.split()) for line in lines)


def test_versions_with_their_suites_and_what_is_absent() -> None:
    shown = picture(1)
    assert "TLS 1.3 TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256" in shown
    assert "TLS 1.2 ECDHE-ECDSA-AES256-GCM-SHA384" in shown
    assert "no TLS 1.1 OpenSSL 3.0.19 refuses it at security level 1, although it is switched on" in shown
    assert "cipher string HIGH:!aNULL:!aNULL:!eNULL:!EXP /etc/apache2/apache2.conf:2" in shown
    assert "of its suites never: httpd has no pre-shared keys" in shown


def test_each_element_with_its_origin() -> None:
    shown = picture(2)
    assert "no TLS 1.3 it is not switched on" in shown
    assert "groups X25519 /etc/apache2/apache2.conf:7, inherited from one.example (*:443)" in shown
    assert "P-384 counts for nothing /etc/apache2/apache2.conf:13" in shown
    assert "order the server's /etc/apache2/apache2.conf:6, inherited from one.example (*:443)" in shown
    assert "tickets given out default of httpd 2.4.71" in shown
    assert "client cert optional, at most 1 issuers /etc/apache2/apache2.conf:14" in shown


def test_what_fails() -> None:
    shown = picture(1, "Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLProtocol -all\n</VirtualHost>\n")
    assert "fails SSLProtocol leaves no version: the server does not start (AH02231)" in shown
