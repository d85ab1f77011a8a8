"""Access control for some methods leaves the others open

## What it does
Asks for what stands in a section with `<Limit>` by GET and by other methods, and reports the `<Limit>` where strangers
are kept out by GET and let in by others.

## Why
`<Limit GET POST>` says nothing of PUT, of PATCH, or of a method that somebody makes up. PHP, CGI programs and backends
mostly answer any method as if it were GET, so that whoever asks for the page by `FOO` gets it without a login.

## Bad
### A login for two methods
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    <Limit GET POST>
    #<^^^^^^^^^^^^^^ strangers are kept out by GET, and let in by PUT, DELETE and methods that nobody knows
        Require valid-user
    </Limit>
</Directory>
```

### Of old style
```
#--- role: fragment
<Location /private>
    <Limit GET>
    #<^^^^^^^^^ strangers are kept out by GET, and let in by POST, PUT, DELETE and methods that nobody knows
        Order deny,allow
        Deny from all
        Allow from 192.0.2.0/24
    </Limit>
</Location>
```

## Good
### For every method
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

### The others are refused
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    <Limit GET POST>
        Require valid-user
    </Limit>
    <LimitExcept GET POST>
        Require all denied
    </LimitExcept>
</Directory>
```

### Other methods are refused another way
```
Listen 80
DocumentRoot /srv/www
RewriteEngine on
RewriteCond %{REQUEST_METHOD} !^(GET|HEAD|POST)$
RewriteRule ^ - [F]
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    <Limit GET POST>
        Require valid-user
    </Limit>
</Directory>
```

### Only some methods are allowed
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AllowMethods GET POST
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    <Limit GET POST>
        Require valid-user
    </Limit>
</Directory>
```

### Reading is open, writing is not
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    <Limit PUT DELETE>
        Require all denied
    </Limit>
</Directory>
```

### A login for all but some
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/files>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    <LimitExcept GET OPTIONS>
        Require valid-user
    </LimitExcept>
</Directory>
```

## Fix
### A login for two methods
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
        Require valid-user
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#limit; CIS Apache HTTP Server 2.4 Benchmark 5.7; CVE-2017-9798
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Fix,
    Reach,
    Safety,
    Scope,
    Section,
    Server,
    Severity,
    VirtualHost,
    Where,
    assumption,
    delete_lines,
    effective,
    enumeration,
    rule,
    spot,
    strangers_admission,
    strangers_answers,
)

from ._limits import place

_PROBES = {"POST": "POST", "PUT": "PUT", "DELETE": "DELETE", "FOO": "methods that nobody knows"}
_CONTROLS = ("require", "deny", "order", "allow")


@rule(
    code="SSL1321",
    name="limit-leaves-methods-open",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#limit",
    needs=("limit",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for owner, scope in Reach.of(server).scopes():
        for limit in _limits(scope):
            host, where = place(server, owner, scope)
            if not _is_refused(host, where, "GET"):
                continue
            opened = [name for method, name in _PROBES.items() if _is_open(host, where, method)]
            if opened:
                message = f"strangers are kept out by GET, and let in by {enumeration(opened, 4)}"
                notes = assumption(limit)
                yield context.report(limit, message, label="for these alone", notes=notes, fix=_fix(limit, context))


def _limits(scope: Scope) -> list[Section]:
    """The `<Limit>` sections about GET that hold access control."""
    return [
        one
        for one in scope.section.children
        if isinstance(one, Section)
        and one.key == "limit"
        and any(word.value in ("GET", "HEAD") for word in one.words)
        and any(line.key in _CONTROLS for line in one.walk())
    ]


def _is_refused(host: VirtualHost, where: Where, method: str) -> bool:
    return strangers_admission(host, where, method).status in (401, 403)


def _is_open(host: VirtualHost, where: Where, method: str) -> bool:
    found = strangers_admission(host, where, method)
    (allowed,) = effective(host, where, ["allowmethods"])
    if found.status is not None or found.why or (allowed.words and "reset" not in allowed.words):
        return False
    answers = list(strangers_answers(host, where.url, method)) if where.url is not None else []
    return not answers or any(one.by not in ("rewrite", "redirect") for one in answers)


def _fix(limit: Section, context: Context) -> Fix | None:
    if limit.close is None or limit.pieces is not None:
        return None
    source, span = limit.close
    end = spot(limit)._replace(source=source, span=span)
    return context.fix("keep strangers out by every method", delete_lines(limit), delete_lines(end))
