"""A configuration whose line breaks are lost

## What it does
Reports files whose lines end in bare carriage returns, and comments that hold several directives.

## Why
A paste or a converter has joined the lines: what follows the first `#` is one long comment, and httpd starts
with none of the settings in it.

## Bad
### Old line ends of the Macintosh
```
#--- show: controls
#--- mark: 1:1:17 the lines end in bare carriage returns...
#--- live: no
ServerTokens Prod␍ServerSignature Off␍
```

### A comment that holds a host
```
#--- mark: 1:1:189 this comment holds 8 directives (VirtualHost, ServerName, Do...
# My site <VirtualHost *:443> ServerName www.example.org DocumentRoot /srv/www SSLEngine on SSLProtocol all ErrorLog logs/error.log CustomLog logs/access.log common </VirtualHost> and so on
```

## Good
### Prose about directives
```
# ServerName says who we are, and DocumentRoot where the files are; both stand in the host below, which is why nothing is said of them here. SSLEngine is on by default there.
```

## Fix
### Old line ends of the Macintosh
```
ServerTokens Prod
ServerSignature Off
```
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL0032", name="lost-line-breaks", severity=Severity.WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "end lines as httpd knows it")
