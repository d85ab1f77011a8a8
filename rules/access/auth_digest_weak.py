"""A login by MD5

## What it does
Reports `AuthType Digest`.

## Why
Digest authentication hashes by MD5, and the server keeps what is as good as the password. It was meant for times
without TLS; `AuthType Basic` over TLS with passwords hashed by bcrypt protects better.

## Bad
### Digest
```
#--- live: no
Listen 80
<Location /private>
    AuthType Digest
    #        ^^^^^^ Digest authentication rests on MD5, and its file of passwords is as good as the passwords
    AuthName Staff
    AuthUserFile /etc/apache2/digests
    Require valid-user
</Location>
```

## Good
### Basic
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_auth_digest.html; CIS Apache HTTP Server 2.4 Benchmark 2.9; RFC 7616 section 5
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule


@rule(
    code="SSL1323",
    name="auth-digest-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_auth_digest.html",
    keys=("authtype",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[:1]:
        if word.value.lower() == "digest":
            message = "Digest authentication rests on MD5, and its file of passwords is as good as the passwords"
            yield context.report(word, message, notes=assumption(directive))
