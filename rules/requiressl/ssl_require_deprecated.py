"""SSLRequire is deprecated

## What it does
Reports `SSLRequire` for httpd 2.4, where `Require expr` stands for it.

## Why
`SSLRequire` is deprecated since 2.4. It is looked at on TLS connections alone, compares texts by their length
first, and is no part of the access control that `<RequireAll>` and its like make up. `Require expr` is, and holds
for plain HTTP as well.

## Bad
### A certificate's organisation
```
<Directory /srv/www/partners>
    SSLRequire %{SSL_CLIENT_S_DN_O} eq "Example"
    #<^^^^^^^^ SSLRequire is deprecated since httpd 2.4: Require expr says the same, and holds for plain HTTP too
</Directory>
```

## Good
### As a part of access control
```
<Directory /srv/www/partners>
    <RequireAll>
        Require ssl-verify-client
        Require expr %{SSL_CLIENT_S_DN_O} == "Example"
    </RequireAll>
</Directory>
```

### There is nothing else in 2.2
```
#--- target: httpd=2.2
<Directory /srv/www/partners>
    SSLRequire %{SSL_CLIENT_S_DN_O} eq "Example"
</Directory>
```

## Limits
There is no fix: `eq` compares texts in `SSLRequire` and numbers in `Require expr`, several `SSLRequire` must all
be met and of several `Require` any one, and a `Require` takes the place of what a folder above says.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequire
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, name_of, rule


@rule(
    code="SSL0708",
    name="ssl-require-deprecated",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequire",
    keys=("sslrequire",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd.is_old:
        return
    yield context.report(
        name_of(directive),
        "SSLRequire is deprecated since httpd 2.4: Require expr says the same, and holds for plain HTTP too",
        label="deprecated",
    )
