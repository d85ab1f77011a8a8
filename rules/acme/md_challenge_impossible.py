"""The authority has no way to check a managed domain

## What it does
Reports managed domains (mod_md) for which every way is barred by which the authority could check the name: nothing
listens on port 80 (HTTP-01) or 443 (TLS-ALPN-01), or `MDCAChallenges` asks for `dns-01` without `MDChallengeDns01`.

## Why
mod_md leaves out what can't work, and where nothing is left it fetches no certificate ("None of the ACME challenge
methods configured for this domain are suitable", AH10173). The server starts, and answers with status 503.

## Bad
### Other ports
```
#--- live: no
Listen 8080
Listen 8443
MDomain www.example.org
#<^^^^^^^^^^^^^^^^^^^^^ gets no certificate: the authority can reach neither port 80 nor port 443 here (AH10173)
<VirtualHost *:8443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

### By DNS, without a program
```
#--- live: no
Listen 80
Listen 443
MDCAChallenges dns-01
MDomain *.example.org
#<^^^^^^^^^^^^^^^^^^^ gets no certificate: dns-01 wants a program that MDChallengeDns01 names (AH10173)
```

## Good
### Port 80
```
#--- live: no
Listen 80
MDomain www.example.org
```

### Ports of a router
```
#--- live: no
Listen 8080
MDPortMap http:8080
MDomain www.example.org
```

### By DNS
```
#--- live: no
Listen 8443
MDChallengeDns01 /usr/local/bin/dns
MDomain www.example.org
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcachallenges
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._managed import ManagedDomain, managed_domains

_PORTS = {"http-01": 80, "tls-alpn-01": 443}


@rule(
    code="SSL2107",
    name="md-challenge-impossible",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdcachallenges",
    needs=("mdomain", "mdomainset", "manageddomain"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete or not server.listeners or server.main.winner("mdportmap") is not None:
        return
    ports = {listener.address.port for listener in server.listeners}
    for domain in managed_domains(server):
        why = _barred(domain, ports) if domain.is_fetched else ""
        if why:
            yield context.report(
                domain.directive, f"gets no certificate: {why} (AH10173)", notes=assumption(domain.directive)
            )


def _barred(domain: ManagedDomain, ports: set[int]) -> str:
    """Why no way is left; empty where one is."""
    line = domain.setting("mdcachallenges")
    ways = [word.lower() for word in line.values] if line is not None else [*_PORTS, "dns-01"]
    if "dns-01" in ways and domain.setting("mdchallengedns01") is not None:
        return ""
    wanted = [_PORTS[way] for way in ways if way in _PORTS]
    if any(port in ports for port in wanted):
        return ""
    if not wanted:
        return "dns-01 wants a program that MDChallengeDns01 names" if ways == ["dns-01"] else ""
    named = "neither port 80 nor port 443" if len(wanted) == 2 else f"not port {wanted[0]}"
    return f"the authority can reach {named} here"
