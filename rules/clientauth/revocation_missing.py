"""Clients' certificates that were revoked still let them in

## What it does
Reports hosts that verify clients' certificates and look neither at revocation lists (`SSLCARevocationCheck`) nor ask
by OCSP (`SSLOCSPEnable`).

## Why
A laptop is lost, somebody leaves: the authority revokes the certificate, and the server, which does not ask, lets it
in until it expires. Where certificates live for a day only, nobody needs lists.

## Bad
### Neither
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    #               ^^^^^^^ www.example.org (*:443) lets in clients whose certificate was revoked: neither...
</VirtualHost>
```

## Good
### Lists
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLCARevocationCheck chain
    SSLCARevocationFile /etc/ssl/crl.pem
</VirtualHost>
```

### OCSP
```
Listen 443
SSLOCSPEnable on
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
</VirtualHost>
```

### Nobody is asked
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
RFC 5280 section 6.3; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, VirtualHost, assumption, listing, rule

from ._verifying import asking

_LISTS = ("sslcarevocationfile", "sslcarevocationpath")


@rule(
    code="SSL0616",
    name="revocation-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcarevocationcheck",
    needs=("sslverifyclient",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in asking(server):
        hosts = [host for host in one.hosts if not _looks(host)]
        if hosts and one.mode != "optional_no_ca":
            verb = "lets" if len(hosts) == 1 else "let"
            yield context.report(
                one.line.arguments[-1],
                f"{listing(hosts)} {verb} in clients whose certificate was revoked: neither SSLCARevocationCheck nor "
                "SSLOCSPEnable is set",
                label="no revocation is looked at",
                notes=assumption(one.line, hosts[0].condition),
            )


def _looks(host: VirtualHost) -> bool:
    """Whether a host looks at revocation in some way."""
    if host.server.target.httpd.is_old and any(host.winner(key) for key in _LISTS):
        return True
    return any(host.keyword(key) not in ("", "none", "off") for key in ("sslcarevocationcheck", "sslocspenable"))
