"""Whose order of cipher suites counts is not as it should be

## What it does
Reports TLS hosts where the clients' order of cipher suites counts; with the option `expected` set to `off`, those where
the server's does. The rule runs only when it is selected, or by a profile.

## Why
With a list that still has weaker suites, the server's order (`SSLHonorCipherOrder on`) makes sure that nobody gets a
weaker one than need be: the CIS benchmark asks for it. Where all suites are equally good, as in Mozilla's lists, the
client knows better which is fast on its hardware: Mozilla has it off.

## Bad
### The default
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ the clients' order of cipher suites counts for www.example.org (*:443)
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched off
```
Listen 443
SSLHonorCipherOrder Off
#                   ^^^ the clients' order of cipher suites counts for *:443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched on, where clients should choose
```
#--- options: expected=off
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLHonorCipherOrder on
    #                   ^^ the server's order of cipher suites counts for *:443
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### By the directive, or by a command
```
#--- live: no
Listen 443
Listen 444
<VirtualHost *:443>
    SSLEngine on
    SSLHonorCipherOrder on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<VirtualHost *:444>
    SSLEngine on
    SSLOpenSSLConfCmd Options ServerPreference
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### By the first host of the address
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLHonorCipherOrder on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
</VirtualHost>
```

### Without TLS
```
Listen 80
SSLHonorCipherOrder off
```

## Fix
### The default
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLHonorCipherOrder on
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched off
```
Listen 443
SSLHonorCipherOrder on
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched on, where clients should choose
```
#--- options: expected=off
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLHonorCipherOrder off
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Options
`expected`: `on` for the server's order, `off` for the clients'; `on` by default.

## Limits
There is no fix that lets the server's order count where the list puts suites without forward secrecy before others:
clients that choose better by themselves would get less.

## References
CIS Apache HTTP Server 2.4 Benchmark 7.5 (on); https://wiki.mozilla.org/Security/Server_Side_TLS (off)
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Place,
    Safety,
    Server,
    Setting,
    Severity,
    VirtualHost,
    above_engines,
    assumption,
    listing,
    offers,
    replace,
    rule,
)


@rule(
    code="SSL0227",
    name="honor-cipher-order",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslhonorcipherorder",
    needs=("tls",),
    options={"expected": "on"},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    expected = context.option("expected", str).lower() == "on"
    found: dict[tuple[str, int], tuple[Place, Setting[bool], list[VirtualHost]]] = {}
    for host in server.tls_hosts:
        for offer in offers(host):
            setting = offer.honors_server_order
            if setting.known and setting.value is not expected and offer.protocols:
                place = _place(setting, host)
                found.setdefault((place.source.path, place.span.start), (place, setting, []))[2].append(host)
    for place, setting, hosts in found.values():
        whose = "clients'" if expected else "server's"
        yield context.report(
            place,
            f"the {whose} order of cipher suites counts for {listing(hosts)}",
            notes=assumption(setting.directive, hosts[0].condition),
            fix=_fix(setting, hosts[0], expected, context) if not expected or _is_in_order(hosts) else None,
        )


def _place(setting: Setting[bool], host: VirtualHost) -> Place:
    """The word that decides; of a default, the one that switches TLS on."""
    line = setting.directive
    return line.arguments[-1] if line is not None and line.arguments else host.engine_place


def _is_in_order(hosts: list[VirtualHost]) -> bool:
    """Whether the server's order puts no suite with forward secrecy behind one that has none."""
    orders = [[one.suite.forward_secret for one in offer.suites] for host in hosts for offer in offers(host)]
    return all(order == sorted(order, reverse=True) for order in orders)


def _fix(setting: Setting[bool], host: VirtualHost, expected: bool, context: Context) -> Fix | None:
    word = "on" if expected else "off"
    whose = "the server's order count" if expected else "the clients' order count"
    line = setting.directive
    if line is not None:
        return context.fix(f"let {whose}", replace(line.arguments[0], word)) if line.key.startswith("sslh") else None
    edits = above_engines([host], f"SSLHonorCipherOrder {word}")
    return context.fix(f"let {whose}", *edits) if edits else None
