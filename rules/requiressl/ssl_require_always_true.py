"""An SSLRequire that every TLS request meets

## What it does
Reports `SSLRequire` whose condition is met by every request by TLS, such as `%{HTTPS} eq "on"` or `… or true`.

## Why
`SSLRequire` is evaluated on TLS connections alone, and there such a condition keeps nobody out; on plain HTTP it is
not looked at, and keeps nobody out either. Who wants TLS writes `SSLRequireSSL`.

## Bad
### TLS, asked for on TLS
```
<Directory /srv/www/shop>
    SSLRequire %{HTTPS} eq "on"
    #          ^^^^^^^^^^^^^^^^ keeps nobody out: by TLS this is always true, and by plain HTTP it is not looked at
</Directory>
```

### An alternative that is always met
```
<Directory /srv/www/shop>
    SSLRequire %{SSL_CLIENT_S_DN_O} eq "Example" or true
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ keeps nobody out: by TLS this is always true...
</Directory>
```

## Good
### What differs from client to client
```
<Directory /srv/www/shop>
    SSLRequireSSL
    SSLRequire %{SSL_CLIENT_S_DN_O} eq "Example" and %{SSL_CIPHER_USEKEYSIZE} >= 128
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequire; `ssl_hook_Access` in ssl_engine_kernel.c. Tried on
httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, all_arguments, assumption, judge, rule

_KNOWN = {"HTTPS": "on", "SSL:HTTPS": "on", "REQUEST_SCHEME": "https"}


@rule(
    code="SSL0709",
    name="ssl-require-always-true",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequire",
    keys=("sslrequire",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    arguments = directive.arguments
    if not arguments or judge(directive.text, _KNOWN.get, of_mod_ssl=True) is not True:
        return
    yield context.report(
        all_arguments(directive),
        "keeps nobody out: by TLS this is always true, and by plain HTTP it is not looked at",
        label="always true",
        notes=assumption(directive),
    )
