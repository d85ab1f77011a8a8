"""Answers about clients' certificates are believed whoever gives them

## What it does
Reports `SSLOCSPNoverify on` where `SSLOCSPEnable` is in force and clients are asked for certificates.

## Why
An OCSP answer is signed, since it travels by plain HTTP. With `SSLOCSPNoverify on` the signature is not looked at:
whoever sits between the server and the authority answers "good" for a certificate that was revoked. The directive
is for tests, as its documentation says.

## Bad
### Not verified
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLOCSPEnable on
    SSLOCSPNoverify on
    #               ^^ whoever sits between the server and the responder can say that a revoked certificate of a...
</VirtualHost>
```

## Good
### Verified
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLOCSPEnable on
</VirtualHost>
```

### Nobody is asked
```
Listen 443
SSLOCSPNoverify on
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
</VirtualHost>
```

## Fix
### Not verified
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLOCSPEnable on
    SSLOCSPNoverify off
</VirtualHost>
```

The fix is unsafe: clients are refused if the responder's certificate can't be verified.

## Limits
`SSLOCSPUseRequestNonce off` is left alone, as most public responders give no nonces, and so is a responder with an
`http:` address: its answers are signed.

## References
RFC 6960 section 3.2; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslocspnoverify
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Server, Severity, VirtualHost, assumption, replace, rule

from ._verifying import asking


@rule(
    code="SSL0617",
    name="ocsp-client-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslocspnoverify",
    needs=("sslocspnoverify",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    lines = (_blind(host) for one in asking(server) for host in one.hosts)
    for line in dict.fromkeys(line for line in lines if line is not None):
        word = line.arguments[0]
        yield context.report(
            word,
            "whoever sits between the server and the responder can say that a revoked certificate of a client is good: "
            "its signature is not looked at",
            label="for tests alone",
            notes=assumption(line),
            fix=context.fix("verify the answers", replace(word, "off")),
        )


def _blind(host: VirtualHost) -> Directive | None:
    """The line that lets a host believe every answer, where it asks."""
    if host.keyword("sslocspenable") in ("", "off") or host.keyword("sslocspnoverify") != "on":
        return None
    return host.winner("sslocspnoverify")
