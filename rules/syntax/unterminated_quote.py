r"""A quote that is never closed

## What it does
Reports arguments that begin with a quote whose other end is missing.

## Why
httpd takes all the rest of the line for the argument, without a message (`ap_getword_conf`): further
arguments are lost in it.

## Bad
### At the end of the line
```
ServerAdmin "The Webmaster
#           ^ this " is never closed: httpd takes the rest of the line as one word
```

### It swallows the other arguments
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ServerAlias 'example.org example.com
    #           ^ this ' is never closed: httpd takes the rest of the line as one word
</VirtualHost>
```

### In a section's header
```
<Directory "/srv/www>
#          ^ this " is never closed: httpd takes the rest of the line as one word
    AllowOverride None
</Directory>
```

## Good
### Closed
```
ServerAdmin "The Webmaster"
SetEnv WHO 'The "Webmaster"'
SetEnv WHO "The \"Webmaster\""
```

### In the middle of a word a quote is a letter
```
ServerAdmin webmaster's
SetEnv SIZE 19"
```

## Fix
### At the end of the line
```
ServerAdmin "The Webmaster"
```

### In a section's header
```
<Directory "/srv/www">
    AllowOverride None
</Directory>
```

## Limits
The fix keeps what is in force: the quote is closed where httpd closes it. Where it was meant to be closed
is for people to see. Directives that read quotes by rules of their own (`ErrorDocument`, `RewriteRule`,
`Require` and others) are left alone.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_getword_conf` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0027",
    name="unterminated-quote",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "close the quote")
