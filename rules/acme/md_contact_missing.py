"""The authority learns no address: no certificate is fetched

## What it does
Reports managed domains (mod_md) without `MDContactEmail` where no `ServerAdmin` gives an address either, or only one
of the examples.

## Why
mod_md wants an address for the account, that of `MDContactEmail` or of `ServerAdmin`. Without one it fetches nothing
("No contact information is available"), and authorities refuse addresses of `example.com` and the like.

## Bad
### No address
```
#--- live: no
Listen 80
MDCertificateAgreement accepted
MDomain www.example.org
#<^^^^^^^^^^^^^^^^^^^^^ gets no certificate: mod_md wants an address, by MDContactEmail or ServerAdmin
```

### That of the example
```
#--- live: no
Listen 80
ServerAdmin you@example.com
MDCertificateAgreement accepted
MDomain www.example.org
#<^^^^^^^^^^^^^^^^^^^^^ gets no certificate: authorities refuse the address you@example.com
```

## Good
### An address
```
#--- live: no
Listen 80
MDCertificateAgreement accepted
MDContactEmail admin@sslint.example.net
MDomain www.example.org
```

### Of the server
```
#--- live: no
Listen 80
ServerAdmin webmaster@firm.example.net
MDomain www.example.org
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcontactemail
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._managed import ManagedDomain, managed_domains

_EXAMPLE = re.compile(r"@(?:example\.(?:com|net|org)|localhost|.*\.(?:local|localdomain))\Z", re.IGNORECASE)


@rule(
    code="SSL2102",
    name="md-contact-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcontactemail",
    needs=("mdomain", "mdomainset", "manageddomain"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    admins = [value for host in server.hosts for one in host.own.get("serveradmin", ()) for value in one.values[:1]]
    for domain in managed_domains(server):
        addresses = _contact(domain) or [one for one in admins if "@" in one or "$" in one]
        if not domain.is_fetched or any(not _EXAMPLE.search(one) for one in addresses):
            continue
        message = (
            f"gets no certificate: authorities refuse the address {addresses[0]}"
            if addresses
            else "gets no certificate: mod_md wants an address, by MDContactEmail or ServerAdmin"
        )
        yield context.report(domain.directive, message, notes=assumption(domain.directive))


def _contact(domain: ManagedDomain) -> Sequence[str]:
    line = domain.setting("mdcontactemail")
    return line.values[:1] if line is not None else []
