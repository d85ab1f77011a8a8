"""Any public authority's certificate lets clients in

## What it does
Reports `SSLCACertificateFile` and `SSLCACertificatePath` that name the system's list of public authorities, where
clients' certificates are required and nothing looks at what they say.

## Why
`SSLVerifyClient require` means "signed by one of these authorities", and no more. The system's list holds the
hundred and more authorities that browsers trust for *servers*: everybody can get a certificate from one of them in
a minute, for a name of their own, and is in. Name the authority that signs your clients' certificates.

## Bad
### The system's list
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca-certificates.crt
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever has a certificate of some public authority gets...
    SSLVerifyClient require
</VirtualHost>
```

### Its folder
```
#--- live: no
Listen 443
SSLCACertificatePath /etc/ssl/certs
#                    ^^^^^^^^^^^^^^ whoever has a certificate of some public authority gets in to *:443...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient require
</VirtualHost>
```

## Good
### An authority of one's own
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/staff-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

### Near miss: names are looked at
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca-certificates.crt
    SSLVerifyClient require
    <Location />
        Require expr %{SSL_CLIENT_S_DN_CN} == 'partner.example.net'
    </Location>
</VirtualHost>
```

### Near miss: nobody is asked
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca-certificates.crt
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/ssl/ssl_howto.html#accesscontrol; DISA STIG for Apache Server 2.4 UNIX, V-214300
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, VirtualHost, assumption, listing, rule

from ._verifying import asking, uses

_PUBLIC = frozenset(
    {
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/ssl/certs/ca-bundle.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/tls/certs/ca-bundle.trust.crt",
        "/etc/pki/tls/cert.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/ca-bundle.pem",
        "/var/lib/ca-certificates/ca-bundle.pem",
        "/etc/ssl/cert.pem",
        "/usr/local/share/certs/ca-root-nss.crt",
        "/usr/local/etc/ssl/cert.pem",
        "/etc/ssl/certs",
        "/etc/pki/tls/certs",
        "/usr/share/ca-certificates/mozilla",
    }
)
"""Where distributions keep the authorities that browsers trust."""


@rule(
    code="SSL0618",
    name="client-ca-too-broad",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcacertificatefile",
    needs=("sslcacertificatefile", "sslcacertificatepath"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for one in asking(server):
        for host in one.hosts if one.mode in ("require", "on") else ():
            for key in ("sslcacertificatefile", "sslcacertificatepath"):
                line = host.winner(key)
                if line is not None and _is_public(line) and not uses(host).anything:
                    found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        yield context.report(
            line.arguments[0],
            f"whoever has a certificate of some public authority gets in to {listing(hosts)}: name the authority that "
            "signs your clients' certificates",
            label="trusts everybody's authorities",
            notes=assumption(line, hosts[0].condition),
        )


def _is_public(line: Directive) -> bool:
    return any(word.rstrip("/") in _PUBLIC for word in line.values[:1])
