"""A managed domain and the virtual hosts don't agree on the names

## What it does
Reports managed domains (mod_md) that no virtual host has a name of, and names of a host that its managed domain
leaves out where it takes none in by itself (`MDMembers manual`).

## Why
A certificate that no host uses is fetched and renewed for nothing, while the host that was meant gets none. A name
that is left out is served with a certificate which does not hold it: browsers warn. httpd only writes a line into the
log (AH10045, AH10040).

## Bad
### Misspelt
```
#--- live: no
Listen 443
MDomain www.exmaple.org
#       ^^^^^^^^^^^^^^^ no virtual host is called www.exmaple.org: the certificate is fetched for nobody (AH10045)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### An alias is left out
```
#--- live: no
Listen 443
MDomain example.org manual
<VirtualHost *:443>
#<^^^^^^^^^^^^^^^^^ the certificate of example.org (*:443) will not hold www.example.org: the managed domain...
    ServerName example.org
    ServerAlias www.example.org
    SSLEngine on
</VirtualHost>
```

## Good
### Taken in by itself
```
#--- live: no
Listen 443
MDomain example.org
<VirtualHost *:443>
    ServerName example.org
    ServerAlias www.example.org
    SSLEngine on
</VirtualHost>
```

### Named
```
#--- live: no
Listen 443
MDMembers manual
MDomain example.org www.example.org
<VirtualHost *:443>
    ServerName example.org
    ServerAlias www.example.org
    SSLEngine on
</VirtualHost>
```

### A wildcard
```
#--- live: no
Listen 443
MDomain *.example.org example.org
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdomain
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, enumeration, rule

from ._managed import ManagedDomain, managed_domains


@rule(
    code="SSL2106",
    name="md-name-mismatch",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdomain",
    needs=("mdomain", "mdomainset", "manageddomain"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete or len(server.hosts) < 2:
        return
    answered = {name for host in server.hosts for name in host.names}
    for domain in managed_domains(server):
        if not domain.hosts() and not _is_answered(domain, answered):
            message = (
                f"no virtual host is called {enumeration(list(domain.names), 2)}: "
                "the certificate is fetched for nobody (AH10045)"
            )
            yield context.report(domain.names[domain.title], message, notes=assumption(domain.directive))
        elif not domain.adds_names:
            yield from _left_out(domain, context)


def _is_answered(domain: ManagedDomain, answered: set[str]) -> bool:
    ends = tuple(name[1:] for name in domain.names if name.startswith("*."))
    return not answered.isdisjoint(domain.names) or any(name.endswith(ends) for name in answered if ends)


def _left_out(domain: ManagedDomain, context: Context) -> Iterator[Diagnostic]:
    for host in domain.hosts():
        missing = [name for name in host.names if name not in domain.names and f"*.{name.partition('.')[2]}"
                   not in domain.names and "*" not in name]  # fmt: skip
        if missing and host.is_tls:
            message = (
                f"the certificate of {host.title} will not hold {enumeration(missing, 3)}: "
                "the managed domain leaves it out (AH10040)"
            )
            yield context.report(host, message, related=[(domain.directive, "the managed domain")])
