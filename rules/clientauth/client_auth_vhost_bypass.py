"""A certificate for one virtual host opens another

## What it does
Reports virtual hosts of one address that verify clients by different authorities, where httpd does not keep their
connections apart: releases from 2.4.35 to 2.4.63 with TLS 1.3 and without `SSLStrictSNIVHostCheck on`
(CVE-2025-23048), or `SSLVHostSNIPolicy insecure` from 2.4.66 on.

## Why
A client makes its handshake with the host whose certificate it has, and then asks for the other: in the releases
named by resuming a session of TLS 1.3, with the policy `insecure` by just writing the other name into the request.
The certificate that let it in was never verified by that host's authorities.

## Bad
### Two authorities on an old release
```
#--- target: httpd=2.4.62 openssl=3.0.15
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
    SSLCACertificateFile /etc/ssl/certs/a-ca.pem
    SSLVerifyClient require
    #               ^^^^^^^ clients of a.example.org (*:443) can get in to b.example.org (*:443), whose authorities...
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLCACertificateFile /etc/ssl/certs/b-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

### A policy that lets it happen
```
#--- live: no
Listen 443
SSLVHostSNIPolicy insecure
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
    SSLCACertificateFile /etc/ssl/certs/a-ca.pem
    SSLVerifyClient require
    #               ^^^^^^^ clients of a.example.org (*:443) can get in to b.example.org (*:443), whose authorities...
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLCACertificateFile /etc/ssl/certs/b-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

## Good
### Kept apart
```
#--- target: httpd=2.4.62 openssl=3.0.15
Listen 443
SSLStrictSNIVHostCheck on
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
    SSLCACertificateFile /etc/ssl/certs/a-ca.pem
    SSLVerifyClient require
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLCACertificateFile /etc/ssl/certs/b-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

### A release that has it mended
```
#--- live: no
#--- target: httpd=2.4.66 openssl=3.0.15
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
    SSLCACertificateFile /etc/ssl/certs/a-ca.pem
    SSLVerifyClient require
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLCACertificateFile /etc/ssl/certs/b-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

### One authority for both, or only one that asks
```
#--- target: httpd=2.4.62 openssl=3.0.15
Listen 443
SSLCACertificateFile /etc/ssl/certs/a-ca.pem
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
    SSLVerifyClient require
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLVerifyClient require
</VirtualHost>
<VirtualHost *:443>
    ServerName c.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
    SSLCACertificateFile /etc/ssl/certs/b-ca.pem
</VirtualHost>
```

## Limits
Distributions mend old releases without a new number: of their presets only the policy is judged.

## References
CVE-2025-23048; https://httpd.apache.org/security/vulnerabilities_24.html;
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslvhostsnipolicy
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HttpdVersion,
    Protocol,
    Server,
    Severity,
    VirtualHost,
    assumption,
    offers,
    rule,
)

_FIRST, _LAST = HttpdVersion(2, 4, 35), HttpdVersion(2, 4, 63)
_FIRST_WITH_POLICY = HttpdVersion(2, 4, 66)
_AUTHORITIES = ("sslcacertificatefile", "sslcacertificatepath")


@rule(
    code="SSL0619",
    name="client-auth-vhost-bypass",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/security/vulnerabilities_24.html",
    needs=("sslcacertificatefile", "sslcacertificatepath"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    why = _hole(server)
    if not why:
        return
    first: dict[VirtualHost, VirtualHost] = {}
    for host in server.hosts:
        if not host.tls_sockets or not _verifies(host) or (why == "resumption" and not _resumes(host)):
            continue
        other = first.setdefault(host.tls_sockets[0].default, host)
        line = offers(other)[0].verify_client.directive
        if line is not None and _authorities(other) != _authorities(host):
            yield context.report(
                line.arguments[-1],
                f"clients of {other.title} can get in to {host.title}, whose authorities are others: {_TOLD[why]}",
                related=[(host.header, "this host")] if host.header is not None else [],
                notes=[_CURE[why], *assumption(host.condition, other.condition)],
            )
            first[host.tls_sockets[0].default] = host


_TOLD = {
    "resumption": "they resume their session of TLS 1.3 there (CVE-2025-23048)",
    "policy": "SSLVHostSNIPolicy insecure takes requests for any host on any connection",
}
_CURE = {
    "resumption": "httpd 2.4.64 mends it; until then SSLStrictSNIVHostCheck on keeps the hosts apart.",
    "policy": "Leave SSLVHostSNIPolicy out: its default, secure, compares what both hosts ask of clients.",
}


def _hole(server: Server) -> str:
    """What lets clients pass from one host to another: `resumption`, `policy`, or empty for nothing."""
    version = server.target.httpd
    if version >= _FIRST_WITH_POLICY:
        return "policy" if server.main.keyword("sslvhostsnipolicy") == "insecure" else ""
    return "resumption" if _FIRST <= version <= _LAST and not server.target.is_mended else ""


def _verifies(host: VirtualHost) -> bool:
    return offers(host)[0].verify_client.value in ("require", "optional")


def _resumes(host: VirtualHost) -> bool:
    """Whether sessions of TLS 1.3 can be resumed in another host."""
    is_strict = host.keyword("sslstrictsnivhostcheck") == "on"
    return not is_strict and any(one.protocol is Protocol.TLS1_3 for one in offers(host)[0].protocols)


def _authorities(host: VirtualHost) -> tuple[str, ...]:
    lines = (host.winner(key) for key in _AUTHORITIES)
    return tuple("" if line is None else line.text.strip() for line in lines)
