"""TLS sessions can be resumed for more than a day

## What it does
Reports `SSLSessionCacheTimeout` above `hours` hours in force for a TLS host.

## Why
As long as a session can be resumed, the server keeps its secret (or has given it out in a ticket). Up to TLS 1.2
whoever gets at it later decrypts every connection that resumed the session: forward secrecy begins when the session
ends. RFC 5246 advises against more than 24 hours. The default is five minutes.

## Bad
### A week
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLSessionCacheTimeout 604800
    #                      ^^^^^^ clients of www.example.org (*:443) resume sessions for 168 hours: their secrets are...
</VirtualHost>
```

## Good
### A day, and the default
```
#--- live: no
Listen 443
SSLSessionCacheTimeout 86400
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLSessionCacheTimeout 300
    SSLEngine on
</VirtualHost>
```

### No TLS
```
Listen 80
SSLSessionCacheTimeout 604800
```

## Fix
### A week
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLSessionCacheTimeout 86400
</VirtualHost>
```

## Options
`hours`: the longest time that is not reported, 24.

## References
RFC 5246 appendix F.1.4; RFC 9325 section 4.3.3; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessioncachetimeout
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
    leading_number,
    listing,
    replace,
    rule,
)


@rule(
    code="SSL0518",
    name="session-cache-timeout-long",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.3.3",
    needs=("sslsessioncachetimeout",),
    options={"hours": 24},
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    most = context.option("hours", int) * 3600
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts:
        line = host.winner("sslsessioncachetimeout")
        if line is not None:
            found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        word = line.arguments[0] if line.arguments else None
        seconds = leading_number(word.value) if word is not None else 0
        if word is None or seconds <= most:
            continue
        yield context.report(
            word,
            f"clients of {listing(hosts)} resume sessions for {seconds // 3600} hours: their secrets are kept "
            "all that time",
            label="in seconds",
            notes=assumption(line, hosts[0].condition),
            fix=context.fix("let sessions end", replace(word, str(most))),
        )
