"""The authority's terms are not agreed to: no certificate is fetched

## What it does
Reports managed domains (mod_md) of Let's Encrypt without `MDCertificateAgreement`.

## Why
mod_md agrees to nothing by itself. Without the line the authority makes no account, and no certificate comes: the hosts
answer with status 503 ("Service Unavailable"), and only the error log says why.

## Bad
### Nothing said
```
#--- live: no
Listen 80
Listen 443
MDContactEmail admin@example.org
MDomain www.example.org
#<^^^^^^^^^^^^^^^^^^^^^ gets no certificate: Let's Encrypt wants its terms to be agreed to by...
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

## Good
### Agreed to
```
#--- live: no
Listen 80
Listen 443
MDContactEmail admin@example.org
MDCertificateAgreement accepted
MDomain www.example.org
```

### Near miss: an authority of one's own, or files
```
#--- live: no
Listen 80
MDCertificateAuthority https://ca.example.org/acme/directory
MDomain www.example.org
<MDomainSet shop.example.org>
    MDCertificateAuthority LetsEncrypt
    MDCertificateFile /etc/ssl/certs/shop.pem
    MDCertificateKeyFile /etc/ssl/private/shop.key
</MDomainSet>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcertificateagreement
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._managed import managed_domains


@rule(
    code="SSL2101",
    name="md-agreement-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcertificateagreement",
    needs=("mdomain", "mdomainset", "manageddomain"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    for domain in managed_domains(server):
        if domain.is_lets_encrypts and domain.is_fetched and domain.setting("mdcertificateagreement") is None:
            message = (
                "gets no certificate: Let's Encrypt wants its terms to be agreed to by MDCertificateAgreement accepted"
            )
            yield context.report(domain.directive, message, notes=assumption(domain.directive))
