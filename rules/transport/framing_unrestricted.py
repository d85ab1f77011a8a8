"""Any site may show the pages in a frame

## What it does
Reports hosts that serve pages and send neither `X-Frame-Options` nor a `Content-Security-Policy` with
`frame-ancestors`.

## Why
A page in a frame looks like a part of the site around it. An attacker lays his own buttons under it or over
it, and visitors who are logged in click what they don't see (clickjacking). `frame-ancestors` says who may frame
a page; `X-Frame-Options` says the same to older browsers.

## Bad
### Neither header
```
Listen 80
Header always set Content-Security-Policy "default-src 'self'"
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) lets any site show its pages in a frame: ...
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

## Good
### By the policy
```
Listen 80
Header always set Content-Security-Policy "default-src 'self'; frame-ancestors 'none'"
<VirtualHost *:80>
    DocumentRoot /srv/www
</VirtualHost>
```

### By the old header
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    Header always set X-Frame-Options SAMEORIGIN
</VirtualHost>
```

## Limits
What an application or a backend sends by itself can't be seen. The rule is a policy's and off by itself.

## References
https://www.w3.org/TR/CSP3/#directive-frame-ancestors; RFC 7034; CIS Apache HTTP Server 2.4 item 5.16
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule, said_for

from ._missing import frames, note, without


@rule(
    code="SSL1018",
    name="framing-unrestricted",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://www.w3.org/TR/CSP3/#directive-frame-ancestors",
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for host in without(server, "x-frame-options"):
        if not any(map(frames, said_for(host, "content-security-policy"))):
            message = f"{host.title} lets any site show its pages in a frame: send frame-ancestors or X-Frame-Options"
            yield context.report(host, message, notes=note(host))
