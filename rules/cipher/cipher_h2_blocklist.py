"""HTTP/2 is offered, and browsers break it off because of the cipher suite

## What it does
Tries the current browsers on each TLS host whose `Protocols` has `h2`, and reports where they end up with TLS 1.1 or
older, or with a suite of TLS 1.2 that is on HTTP/2's list of prohibited ones: without ECDHE or DHE, or in CBC mode.

## Why
httpd agrees to HTTP/2 before it knows the suite. The browser sees that the suite is prohibited, and ends the connection
(`ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY` in Chrome, `NS_ERROR_NET_INADEQUATE_SECURITY` in Firefox): the site can't be
reached at all, where plain HTTP/1.1 would have worked.

## Bad
### The server's order puts a suite in CBC mode first
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols h2 http/1.1
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLHonorCipherOrder on
    SSLCipherSuite ECDHE+SHA1:ECDHE+AESGCM
    #              ^^^^^^^^^^ browsers break HTTP/2 with www.example.org (*:443) off, as they get ECDHE-RSA-AES256-SH...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nothing else in the list
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
<VirtualHost *:443>
    Protocols h2 http/1.1
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite AES128-GCM-SHA256
    #              ^^^^^^^^^^^^^^^^^ browsers break HTTP/2 with *:443 off, as they get AES128-GCM-SHA256: Chrome 79 (...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### The clients choose
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols h2 http/1.1
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite HIGH:!aNULL
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Browsers take TLS 1.3
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols h2 http/1.1
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLHonorCipherOrder on
    SSLCipherSuite AES128-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### HTTP/1.1 alone, or HTTP/2 without TLS
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols h2c http/1.1
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite AES128-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### HTTP/1.1 comes first
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols http/1.1 h2
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLCipherSuite AES128-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### The server's order puts a suite in CBC mode first
```
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
Listen 443
Protocols h2 http/1.1
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    SSLHonorCipherOrder on
    SSLCipherSuite ECDHE+SHA1:ECDHE+AESGCM:!SHA1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Browsers that have TLS 1.3 take it wherever it is offered; older ones are not looked at.

## References
RFC 9113 section 9.2.2 and appendix A. Tried on httpd 2.4.71, which speaks HTTP/2 with AES128-SHA even with
`H2ModernTLSOnly` on.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Fix,
    Outcome,
    Protocol,
    Safety,
    Server,
    Severity,
    Suite,
    TlsOffer,
    VirtualHost,
    assumption,
    clients,
    enumeration,
    listing,
    rule,
    simulate,
)

from ._offering import Offering, excluding, has_tls13, mend, offerings
from ._secrecy import exclusion
from ._weak import recommended

_BROWSERS = ("Chrom", "Firefox", "Edge", "Safari")


@rule(
    code="SSL0222",
    name="cipher-h2-blocklist",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9113#appendix-A",
    needs=("protocols",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "http2_module" not in server.configuration.loaded:
        return
    for one in offerings(server):
        hosts = [host for host in one.hosts if _word(host) is not None]
        if not hosts or has_tls13(one.offer):
            continue
        refused = _refused(one.offer)
        word = _word(hosts[0])
        if not refused or word is None:
            continue
        chosen = {outcome.suite: None for outcome in refused if outcome.suite is not None}
        version = max(outcome.protocol for outcome in refused if outcome.protocol is not None)
        names = [suite.openssl_name for suite in chosen]
        what = enumeration(names, 3) if version is Protocol.TLS1_2 else version.label
        narrowed = Offering(one.offer, tuple(held for held in one.suites if held.suite in chosen), hosts)
        yield context.report(
            narrowed.place() if one.directive is not None else word,
            f"browsers break HTTP/2 with {listing(hosts)} off, as they get {what}: "
            f"{enumeration([outcome.client.name for outcome in refused], 3)}",
            related=[(word, "HTTP/2 is offered here")] if one.directive is not None else [],
            notes=assumption(one.directive, hosts[0].condition),
            fix=_fix(one, context) if one.directive is not None else None,
        )


def _fix(one: Offering, context: Context) -> Fix | None:
    """Exclude what HTTP/2 prohibits; a list of which nothing would be left is written anew."""
    unfit = {held.suite for held in one.suites if _exclusion(held.suite)}
    value = excluding(one.offer, unfit, _exclusion) or recommended(one.offer)
    return mend(context, one, value, "exclude what HTTP/2 prohibits") if value is not None else None


def _exclusion(suite: Suite) -> str:
    """The element that takes a prohibited suite out, with others of its kind; empty for one that is not."""
    return exclusion(suite) or ("" if suite.aead else f"!{suite.mac}")


def _word(host: VirtualHost) -> Argument | None:
    """The `h2` that clients get: of a host's own Protocols together, else of the main server's.

    The server's order counts by default: behind http/1.1 no client that knows both gets h2 (core_protocol_propose).
    """
    heeded = host.keyword("protocolshonororder") != "off"
    for word in host.protocols:
        if word.value.lower() == "h2":
            return word
        if heeded and word.value.lower() == "http/1.1":
            return None
    return None


def _refused(offer: TlsOffer) -> list[Outcome]:
    """What the current browsers get that HTTP/2 prohibits."""
    browsers = (one for one in clients() if one.is_current and one.name.startswith(_BROWSERS))
    found = [simulate(one, offer) for one in browsers if one.highest is Protocol.TLS1_3]
    return [one for one in found if one.connects and one.host is offer.host and not _is_fit(one)]


def _is_fit(outcome: Outcome) -> bool:
    suite = outcome.suite
    return outcome.protocol is Protocol.TLS1_2 and suite is not None and suite.forward_secret and suite.aead
