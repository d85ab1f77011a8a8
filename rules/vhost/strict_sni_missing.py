"""Client certificates can be got around by resuming another host's session

## What it does
Reports, for httpd 2.4.35 to 2.4.63, virtual hosts that require client certificates and share their address with hosts
that trust other authorities, or ask for none, where `SSLStrictSNIVHostCheck` is not on.

## Why
With TLS 1.3 a client may resume a session that it had with one host at another one of the same address. Those versions
then take the certificate check of the first for that of the second (CVE-2025-23048). With
`SSLStrictSNIVHostCheck on`, or from 2.4.64 on, they don't.

## Bad
```
#--- live: no
#--- target: httpd=2.4.62 openssl=3.0.2
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName admin.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/admins.pem
    SSLVerifyClient require
    #               ^^^^^^^ a session with www.example.org (*:443) gets around this in httpd 2.4.62 (CVE-2025-23048)
</VirtualHost>
```

## Good
### Strict
```
#--- live: no
#--- target: httpd=2.4.62 openssl=3.0.2
Listen 443
SSLStrictSNIVHostCheck on
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName admin.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/admins.pem
    SSLVerifyClient require
</VirtualHost>
```

### All hosts alike
```
#--- live: no
#--- target: httpd=2.4.62 openssl=3.0.2
Listen 443
SSLCACertificateFile /etc/ssl/admins.pem
SSLVerifyClient require
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName admin.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A version without the hole
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName admin.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/admins.pem
    SSLVerifyClient require
</VirtualHost>
```

### A distribution that mends its version
```
#--- live: no
#--- target: rhel-9
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName admin.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/admins.pem
    SSLVerifyClient require
</VirtualHost>
```

## References
CVE-2025-23048; https://httpd.apache.org/security/vulnerabilities_24.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, HttpdVersion, Server, Severity, VirtualHost, assumption, rule

_FIRST = HttpdVersion(2, 4, 35)
_FIRST_SAFE = HttpdVersion(2, 4, 64)
_TRUST = ("sslverifyclient", "sslcacertificatefile", "sslcacertificatepath")


@rule(
    code="SSL0922",
    name="strict-sni-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/security/vulnerabilities_24.html",
    whole_server=True,
    needs=("sslverifyclient",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if (
        "sslverifyclient" not in server.keys
        or not _FIRST <= context.target.httpd < _FIRST_SAFE
        or context.target.is_mended
    ):
        return
    for host in server.hosts:
        line = host.winner("sslverifyclient")
        if line is None or line.keyword != "require":
            continue
        other = next(_others(server, host), None)
        if other is not None:
            yield context.report(
                line.arguments[0],
                f"a session with {other.title} gets around this in httpd {context.target.httpd} (CVE-2025-23048)",
                related=[(other, "trusts others, or asks for no certificate")],
                notes=["Write SSLStrictSNIVHostCheck on, or update.", *assumption(line, host.condition)],
            )


def _others(server: Server, host: VirtualHost) -> Iterator[VirtualHost]:
    """The hosts of the same addresses that trust others, where neither is strict."""
    for socket in host.tls_sockets:
        found = server.table.find(socket.address.host, socket.address.port)
        for other in found.hosts if found is not None else ():
            if other is not host and not _is_strict(host) and not _is_strict(other) and _trust(host) != _trust(other):
                yield other


def _is_strict(host: VirtualHost) -> bool:
    return host.keyword("sslstrictsnivhostcheck") == "on"


def _trust(host: VirtualHost) -> list[str]:
    settings = (host.setting(key).value for key in _TRUST)
    return ["".join(word.value for word in words or ()) for words in settings]
