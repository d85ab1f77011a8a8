"""The predicted offer to TLS backends against the ClientHellos that httpd says to one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from handshakes.backend import Backend, backend
from handshakes.compare import model
from handshakes.daemon import HTTPD, MODULES, OPENSSL, free_ports, is_debian_12, serving
from handshakes.probe import known_suites

from sslint.server import Server
from sslint.tls import proxy_offer

pytestmark = [
    pytest.mark.skipif(not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no httpd with its modules here"),
    pytest.mark.skipif(not is_debian_12(), reason="the predictions are for Debian 12's OpenSSL"),
]

PROXY = ("proxy", "proxy_http")
SECTION = "\n<Proxy https://127.0.0.1:{backend}/>\n"
CASES = {
    "nothing": "",
    "bare words": "SSLProxyProtocol TLSv1.2 TLSv1.3",
    "signed words": "SSLProxyProtocol +TLSv1.2",
    "all": "SSLProxyProtocol all",
    "all at level 0": "SSLProxyProtocol all\nSSLProxyCipherSuite ALL:@SECLEVEL=0",
    "a gap": "SSLProxyProtocol all -TLSv1.2\nSSLProxyCipherSuite DEFAULT:@SECLEVEL=0",
    "a lower gap": "SSLProxyProtocol TLSv1 +TLSv1.2\nSSLProxyCipherSuite DEFAULT:@SECLEVEL=0",
    "old alone": "SSLProxyProtocol +TLSv1 +TLSv1.1\nSSLProxyCipherSuite ALL:@SECLEVEL=0",
    "old alone at the default level": "SSLProxyProtocol +TLSv1 +TLSv1.1\nSSLProxyCipherSuite AES128-SHA",
    "the servers' side": "SSLProtocol TLSv1.3\nSSLCipherSuite AES128-SHA",
    "a list": "SSLProxyCipherSuite ECDHE+AESGCM:DHE+AESGCM:AES128-SHA:!AES256",
    "order": "SSLProxyCipherSuite AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA:+AES128",
    "strength": "SSLProxyCipherSuite AES128:CAMELLIA256:AES256:@STRENGTH",
    "taken out": "SSLProxyCipherSuite ALL:aNULL:eNULL:@SECLEVEL=0",
    "rare": "SSLProxyCipherSuite ARIA:CAMELLIA:AESCCM:3DES:RC4:SEED:@SECLEVEL=0",
    "pre-shared keys": "SSLProxyCipherSuite PSK:SRP:AES128-SHA",
    "versions in the list": "SSLProxyCipherSuite ALL:!SSLv3",
    "no suite for old versions": "SSLProxyProtocol all\nSSLProxyCipherSuite TLSv1.2:@SECLEVEL=0",
    "level 3": "SSLProxyCipherSuite ALL:@SECLEVEL=3",
    "level 1": "SSLProxyProtocol all\nSSLProxyCipherSuite ALL:@SECLEVEL=1",
    "modern list": "SSLProxyCipherSuite TLSv1.3 TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_8_SHA256",
    "both lists": "SSLProxyCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256\nSSLProxyCipherSuite SSL AES256-SHA",
    "modern alone": "SSLProxyProtocol TLSv1.3\nSSLProxyCipherSuite AES128-SHA",
    "modern off": "SSLProxyProtocol TLSv1.2\nSSLProxyCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256",
    "Suite B": "SSLProxyCipherSuite SUITEB128",
    "commands": "SSLOpenSSLConfCmd MinProtocol TLSv1.3\nSSLOpenSSLConfCmd Groups P-384",
    "section": "SSLProxyProtocol TLSv1.2" + SECTION + "SSLProxyProtocol TLSv1.3\n</Proxy>",
    "list of a section": "SSLProxyProtocol TLSv1.2" + SECTION + "SSLProxyCipherSuite AES128-SHA\n</Proxy>",
    "engine of a section": "SSLProxyEngine off" + SECTION + "SSLProxyEngine on\nSSLProxyProtocol TLSv1.3\n</Proxy>",
    "another section": "<Proxy https://127.0.0.2/>\nSSLProxyProtocol TLSv1.3\n</Proxy>",
}


class Running(NamedTuple):
    """A server with a host for each case, and the backend of them all."""

    port: int
    server: Server
    backend: Backend


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    folder = Path(tempfile.mkdtemp(prefix="sslint-"))
    folder.chmod(0o755)
    with backend() as behind:
        port = free_ports(1)[0]
        text = f"Listen 127.0.0.1:{port}\n"
        for number, lines in enumerate(CASES.values()):
            text += f"<VirtualHost 127.0.0.1:{port}>\nServerName {number}.example\nSSLProxyEngine on\n"
            text += f"ProxyPass / https://127.0.0.1:{behind.port}/ retry=0\n"
            text += lines.replace("{backend}", str(behind.port)) + "\n</VirtualHost>\n"
        with serving(text, folder, *PROXY) as started:
            assert started.running, started.log
            yield Running(port, model(folder / "httpd.conf", *PROXY), behind)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("name", CASES)
def test_httpd_says_what_is_predicted(name: str, running: Running) -> None:
    number = list(CASES).index(name)
    heard = running.backend.ask(running.port, f"{number}.example")
    host = running.server.hosts[1 + number]
    scope = next((one for one in host.own_scopes if one.argument.endswith(f":{running.backend.port}/")), None)
    offer = proxy_offer(host, scope)
    if heard is None:
        assert not offer.enabled.value or not offer.protocols
        return
    assert offer.enabled.value
    names = {one.number: one.name for one in known_suites()}
    versions = [one.protocol.word for one in offer.protocols]
    modern = [suite.openssl_name for suite in offer.tls13.suites] if "TLSv1.3" in versions else []
    assert modern + [one.suite.openssl_name for one in offer.suites] == [names[number] for number in heard.suites]
    if "TLSv1.3" not in versions:  # the hello names the newest alone
        assert heard.versions == (versions[-1],)
        return
    assert set(versions) <= set(heard.versions)
    for unpredicted in set(heard.versions) - set(versions):  # it is said, but no suite could be agreed upon
        assert unpredicted in ("TLSv1", "TLSv1.1")
        assert all(one.suite.protocol == "TLSv1.2" or one.suite.forward_secret for one in offer.suites)
