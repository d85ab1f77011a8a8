"""SSLRequireSSL refuses the requests that a RewriteRule beside it would send to https

## What it does
Reports a `RewriteRule` in a section that sends plain requests to `https:`, where `SSLRequireSSL` (or an equal
`Require`) refuses them.

## Why
Rewriting in a section happens after the access check, so that whoever comes by plain HTTP gets 403 Forbidden and
never sees the redirect. A `Redirect` or `RewriteRule` of the virtual host itself comes before the check.

## Bad
### Both in one folder
```
Listen 80
Listen 443
DocumentRoot /srv/www
<Directory /srv/www/shop>
    SSLRequireSSL
    RewriteEngine on
    RewriteCond %{HTTPS} off
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nobody is sent there: SSLRequireSSL refuses plain requests...
</Directory>
```

## Good
### The host redirects
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    RewriteEngine on
    RewriteCond %{HTTPS} off
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
    <Directory /srv/www/shop>
        SSLRequireSSL
    </Directory>
</VirtualHost>
```

### The folder redirects, and demands nothing
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/shop>
    RewriteEngine on
    RewriteCond %{HTTPS} !=on
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</Directory>
```

### A redirect that TLS requests get
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/shop>
    SSLRequireSSL
    RewriteEngine on
    RewriteRule ^old/ https://www.example.org/new/ [R=301,L]
</Directory>
```

### The page for 403 leads to https
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/shop>
    SSLRequireSSL
    ErrorDocument 403 https://www.example.org/shop/
    RewriteEngine on
    RewriteCond %{HTTPS} off
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl; `ap_process_request_internal` in server/request.c.
Tried on httpd 2.4.71.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Access,
    Context,
    Diagnostic,
    Directive,
    Reach,
    Scope,
    Server,
    Severity,
    VirtualHost,
    assumption,
    rule,
)

_PLAIN = re.compile(
    r"%\{HTTPS\}\s+[\"']?(?:=?off\b|!\^?=?on\b|!=on\b)|%\{SERVER_PORT\}\s+[\"']?(?:=|\^)?(?:80\b|!443)|"
    r"%\{(?:SERVER_PORT)\}\s+[\"']?!=?\^?443|%\{REQUEST_SCHEME\}\s+[\"']?(?:=|\^)?http\b",
    re.IGNORECASE,
)
"""Conditions that plain requests meet, and no others."""


@rule(
    code="SSL0706",
    name="require-ssl-hides-redirect",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl",
    needs=("rewriterule",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.keys.isdisjoint(("sslrequiressl", "require")):
        return
    reach = Reach.of(server)
    for owner, scope in reach.scopes():
        line = _redirect(scope) if "rewriterule" in scope.directives else None
        if line is None or _leads_errors(owner, scope):
            continue
        access = next(_refusals(reach, owner, scope), None)
        if access is None or access.requires_tls is None:
            continue
        yield context.report(
            line.arguments[1],
            "nobody is sent there: SSLRequireSSL refuses plain requests before rules in a section are looked at; "
            "redirect in the virtual host",
            label="comes too late",
            related=[(access.requires_tls, "answers with 403")],
            notes=assumption(line, access.requires_tls, owner.condition),
        )


def _redirect(scope: Scope) -> Directive | None:
    """The rule that sends plain requests, and them alone, to https."""
    conditions = scope.directives.get("rewritecond", [])
    for line in scope.directives["rewriterule"]:
        words = line.values
        before = [one for one in conditions if one.start < line.start and one.source is line.source]
        if len(words) > 1 and words[1].lower().startswith("https:") and any(_PLAIN.search(one.text) for one in before):
            return line
    return None


def _leads_errors(owner: VirtualHost, scope: Scope) -> bool:
    """Whether the error 403 itself leads to another URL."""
    lines = [*scope.directives.get("errordocument", ()), *owner.all("errordocument")]
    return any(words[:1] == ["403"] and words[1].lower().startswith("http") for words in (one.values for one in lines)
               if len(words) > 1)  # fmt: skip


def _refusals(reach: Reach, owner: VirtualHost, scope: Scope) -> Iterator[Access]:
    """The access control of plain requests for what a section covers, where it refuses them."""
    for host in [owner] if not owner.is_main else reach.plain_hosts:
        if host not in reach.plain_hosts:
            continue
        for where in reach.mapper(host).requests_for(scope)[:1]:
            access = reach.access(host, where)
            if not access.lets_in(tls=False) and reach.answers_first(host, where) is None:
                yield access
