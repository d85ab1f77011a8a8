"""A variable's value comes from another virtual host

## What it does
Reports `${name}` outside of a `<VirtualHost>` whose last `Define` stands inside it.

## Why
`Define` acts while the file is read, and knows no sections: what one host defines holds for everything that follows,
in every file. A host that forgets its own `Define` silently gets its neighbour's document root, certificate or
backend; which neighbour it is depends on the order of the files.

## Bad
### The second host forgot its own
```
<VirtualHost *:443>
    Define SITE shop
    ServerName ${SITE}.example.org
</VirtualHost>
<VirtualHost *:443>
    ServerName blog.example.org
    DocumentRoot /srv/${SITE}
    #                 ^^^^^^^ SITE has its value from another host, <VirtualHost *:443> in line 1
</VirtualHost>
```

## Good
### Each for itself
```
<VirtualHost *:443>
    Define SITE shop
    ServerName ${SITE}.example.org
</VirtualHost>
<VirtualHost *:443>
    Define SITE blog
    ServerName ${SITE}.example.org
</VirtualHost>
```

### For all
```
Define DOMAIN example.org
<VirtualHost *:443>
    ServerName www.${DOMAIN}
</VirtualHost>
<VirtualHost *:443>
    ServerName blog.${DOMAIN}
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#define; `set_define` in server/core.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0040",
    name="define-leaks",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#define",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
