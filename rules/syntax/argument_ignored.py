"""A word that httpd ignores

## What it does
Reports words behind directives that take none, and behind the on or off of a switch.

## Why
`SSLRequireSSL off` turns the requirement *on*: httpd does not look at the word. Whoever wrote it believes
something else.

## Bad
### Off turns it on
```
<Directory /srv/www>
  SSLRequireSSL off
#               ^^^ SSLRequireSSL takes no arguments, and httpd ignores this one
</Directory>
```

### A comment behind a switch
```
RewriteEngine on # for everybody
#                ^^^^^^^^^^^^^^^ RewriteEngine is a switch: httpd reads its first word and ignores the rest
```

## Good
### Nothing to ignore
```
<Directory /srv/www>
  SSLRequireSSL
</Directory>
```

## Fix
### Off turns it on
```
<Directory /srv/www>
  SSLRequireSSL
</Directory>
```

### A comment behind a switch
```
RewriteEngine on
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0028", name="argument-ignored", severity=Severity.WARNING, since="0.1.0", fix=Safety.SAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove what is ignored")
