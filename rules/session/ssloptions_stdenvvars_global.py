r"""TLS variables are made for every request of a host

## What it does
Reports `SSLOptions StdEnvVars` and `ExportCertData` outside of sections, for a whole host or server.

## Why
httpd then makes some forty variables (with `ExportCertData` whole certificates) for each request, be it for a
picture, and hands them to every program and backend that takes the environment. The documentation advises to
switch them on for the scripts that read them, with `<Files>` or `<Directory>`.

## Bad
### For everything
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLOptions +StdEnvVars +ExportCertData
    #          ^^^^^^^^^^^ makes the TLS variables for each request, pictures included; switch it on where they are read
    #                      ^^^^^^^^^^^^^^^ makes variables with the certificates for each request...
</VirtualHost>
```

## Good
### For scripts
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <FilesMatch "\.(cgi|php)$">
        SSLOptions +StdEnvVars
    </FilesMatch>
</VirtualHost>
```

### Taken away
```
SSLOptions -StdEnvVars +StrictRequire
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions; `ssl_hook_Fixup` in ssl_engine_kernel.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_COSTLY = {"stdenvvars": "the TLS variables", "exportcertdata": "variables with the certificates"}


@rule(
    code="SSL0526",
    name="ssloptions-stdenvvars-global",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions",
    keys=("ssloptions",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.parent is not None and directive.parent.key != "virtualhost":
        return
    for word in directive.arguments:
        what = _COSTLY.get(word.value.lstrip("+").lower())
        if what is not None:
            yield context.report(
                word,
                f"makes {what} for each request, pictures included; switch it on where they are read",
                notes=assumption(directive),
            )
