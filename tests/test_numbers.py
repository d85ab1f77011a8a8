"""Numbers: whatever digits somebody writes, they are read as C does, and stop nobody's work."""

from __future__ import annotations

import pytest

from sslint.analysis import analyse
from sslint.files import MemoryFiles
from sslint.registry import load
from sslint.settings import Settings
from sslint.text import leading_number, number_of

LARGEST = 2**63 - 1
ENDLESS = "9" * 5000
REGISTRY = load()
LINES = (
    "AllowCONNECT {0}-{0}",
    "DirectoryIndexRedirect {0}",
    "ErrorDocument {0} /x",
    "<IfVersion > {0}.{0}>\n</IfVersion>",
    "<Location /a>\nRequire ip 192.0.2.0/{0}\nSSLRenegBufferSize {0}\nSSLVerifyDepth {0}\n</Location>",
    "Header always set Strict-Transport-Security max-age={0}",
    "KeepAlive On\nKeepAliveTimeout {0}\nMaxKeepAliveRequests {0}",
    "LimitRequestBody {0}\nLimitRequestFields {0}\nLimitRequestFieldSize {0}\nLimitRequestLine {0}",
    "Listen {0}",
    "Listen 192.0.2.1:{0}",
    "MaxRequestWorkers {0}\nServerLimit {0}\nThreadsPerChild {0}",
    "ProxyErrorOverride On {0}",
    "ProxyPass / http://127.0.0.1:{0}/ timeout={0}",
    "Redirect {0} /a",
    "RequestReadTimeout header={0}-{0},MinRate={0}",
    "RewriteEngine on\nRewriteCond %{{SERVER_PORT}} -eq {0}\nRewriteRule ^/a{{{0},{0}}} /b [R={0},S={0}]",
    "Session On\nSessionMaxAge {0}",
    "SSLSessionCache shmcb:/run/cache({0})\nSSLSessionCacheTimeout {0}",
    "SSLOpenSSLConfCmd NumTickets {0}\nSSLOpenSSLConfCmd RecordPadding {0}\nSSLCipherSuite ALL:@SECLEVEL={0}",
    "SSLVerifyClient require\nSSLVerifyDepth {0}",
    "Timeout {0}",
    "<VirtualHost {0}>\n</VirtualHost>\n<VirtualHost *:{0}>\nServerName www.example.org:{0}\n</VirtualHost>",
)


@pytest.mark.parametrize(
    "number", [ENDLESS, "²", "٣", "-" + ENDLESS], ids=["endless", "superscript", "arabic", "minus"]
)
@pytest.mark.parametrize("lines", LINES, ids=lambda lines: lines.split()[0].strip("<"))
def test_no_number_stops_the_work(lines: str, number: str) -> None:
    host = f"<VirtualHost *:443>\nSSLEngine on\n{lines.format(number)}\n</VirtualHost>\n"
    files = {"/s/httpd.conf": f"Listen 80\nListen 443\n{lines.format(number)}\n{host}"}
    report = analyse(MemoryFiles(files), ["/s/httpd.conf"], Settings(select=("ALL",)), registry=REGISTRY)
    assert not report.crashes
    assert report.diagnostics


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0012kB", 12), (" -3", -3), ("+3", 3), ("", 0), ("a1", 0), ("²", 0), (ENDLESS, LARGEST)],
)
def test_leading_number(text: str, number: int) -> None:
    assert leading_number(text) == number


def test_leading_noughts_are_no_digits() -> None:
    assert leading_number("0" * 60 + "7") == 7
    assert leading_number("-" + ENDLESS) == -LARGEST


@pytest.mark.parametrize("text", ["", "-1", "1k", "²", "٣"])
def test_no_number(text: str) -> None:
    assert number_of(text) is None


def test_number_of_digits() -> None:
    assert number_of("0010") == 10
    assert number_of(ENDLESS) == LARGEST
