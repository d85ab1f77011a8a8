"""Errors of the OCSP responder are passed on to clients

## What it does
Reports TLS hosts with `SSLUseStapling on` for which `SSLStaplingReturnResponderErrors` is on, as it is by default.

## Why
When the authority's responder is down or slow, httpd staples the error ("try later") instead of nothing. Firefox
then refuses the page (SEC_ERROR_OCSP_TRY_SERVER_LATER), and an outage of the authority becomes one of the site.
Without a stapled response browsers go on.

## Bad
### The default
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLUseStapling on
    #              ^^ when the OCSP responder fails, clients of www.example.org (*:443) are told so, and Firefox...
</VirtualHost>
```

### Said so
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
SSLStaplingReturnResponderErrors on
#                                ^^ when the OCSP responder fails, clients of www.example.org (*:443) are told so...
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLUseStapling on
</VirtualHost>
```

## Good
### As Mozilla's generator writes it
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
SSLStaplingReturnResponderErrors off
<VirtualHost *:443>
    SSLEngine on
    SSLUseStapling on
</VirtualHost>
```

### No stapling
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### Said so
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(32768)
SSLStaplingReturnResponderErrors off
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLUseStapling on
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstaplingreturnrespondererrors; `stapling_renew_response` in
ssl_util_stapling.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    insert_before,
    listing,
    replace,
    rule,
)

from ._switched import switched


@rule(
    code="SSL0521",
    name="stapling-fail-hard",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstaplingreturnrespondererrors",
    needs=("sslusestapling",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for line, hosts in switched(server, "sslusestapling", True, lambda offer: offer.stapling):
        for host in hosts:
            told = host.winner("sslstaplingreturnrespondererrors")
            if told is None or told.keyword == "on":
                found.setdefault(told or line, []).append(host)
    for line, hosts in found.items():
        word = line.arguments[0]
        edit = insert_before(line, "SSLStaplingReturnResponderErrors off")
        if line.key != "sslusestapling":
            edit = replace(word, "off")
        yield context.report(
            word,
            f"when the OCSP responder fails, clients of {listing(hosts)} are told so, and Firefox refuses the page; "
            "SSLStaplingReturnResponderErrors off keeps that from them",
            notes=assumption(line, hosts[0].condition),
            fix=context.fix("staple no errors", edit),
        )
