"""Clients get in without a certificate

## What it does
Reports TLS hosts whose handshake does not require a certificate of clients, or whose `SSLVerifyDepth` is not set to
`depth` at least.

## Why
Policies for closed sites want every user to be known by a certificate. On a site for everybody the rule makes no
sense.

## Bad
### Nobody is asked
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ clients of www.example.org (*:443) need no certificate
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Asked only
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional
    #               ^^^^^^^^ clients of www.example.org (*:443) need no certificate
</VirtualHost>
```

## Good
### Required
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLVerifyDepth 1
</VirtualHost>
```

## Options
`depth`: the least depth of verification that is asked for, 1; httpd's default is 1, too.

## References
DISA STIG for Apache Server 2.4 UNIX, V-214286; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, VirtualHost, assumption, listing, offers, rule


@rule(
    code="SSL0621",
    name="client-certificate-not-required",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
    needs=("tls",),
    options={"depth": 1},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    least = context.option("depth", int)
    found: dict[tuple[Directive, str], list[VirtualHost]] = {}
    for host in server.tls_hosts:
        offer = offers(host)[0]
        verify, depth = offer.verify_client, offer.verify_depth
        fallback = host.engine.directive or host.header
        if verify.value != "require" and (verify.directive or fallback) is not None:
            _add(found, verify.directive or fallback, "need no certificate", host)
        elif (depth.value or 0) < least:
            _add(found, depth.directive or fallback, f"may have no chain of {least} issuers", host)
    for (line, what), hosts in found.items():
        yield context.report(
            line.arguments[-1] if line.arguments else line,
            f"clients of {listing(hosts)} {what}",
            notes=assumption(line, hosts[0].condition),
        )


def _add(
    found: dict[tuple[Directive, str], list[VirtualHost]], line: Directive | None, what: str, host: VirtualHost
) -> None:
    if line is not None:
        found.setdefault((line, what), []).append(host)
