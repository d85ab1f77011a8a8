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

## Fix
### For everything
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <FilesMatch "\.(?:cgi|shtml|phtml|php)$">
        SSLOptions +StdEnvVars +ExportCertData
    </FilesMatch>
</VirtualHost>
```

The fix is unsafe: a program that reads the variables under another name, or behind a proxy, has them no more.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions; `ssl_hook_Fixup` in ssl_engine_kernel.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Edit, Fix, Safety, Severity, Span, assumption, rule

_COSTLY = {"stdenvvars": "the TLS variables", "exportcertdata": "variables with the certificates"}

_SCRIPTS = r"\.(?:cgi|shtml|phtml|php)$"
"""As in httpd's httpd-ssl.conf."""


@rule(
    code="SSL0526",
    name="ssloptions-stdenvvars-global",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions",
    keys=("ssloptions",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if directive.parent is not None and directive.parent.key != "virtualhost":
        return
    for word in directive.arguments:
        what = _cost(word.value)
        if what is not None:
            yield context.report(
                word,
                f"makes {what} for each request, pictures included; switch it on where they are read",
                notes=assumption(directive),
                fix=_fix(directive, context),
            )


def _cost(word: str) -> str | None:
    return _COSTLY.get(word.lstrip("+").lower())


def _fix(directive: Directive, context: Context) -> Fix | None:
    """Make the variables for scripts alone, as httpd's own example does; the line's other words stay."""
    source, words = directive.source, directive.values
    start, end = source.line_span(directive.line)
    indent = source.text[start : directive.start]
    written = source.text[directive.start : end].split()
    if indent.strip(" \t") or written != [directive.name, *words] or not all(word[:1] in "+-" for word in words):
        return None
    costly = [word for word in words if _cost(word)]
    others = [word for word in words if not _cost(word)]
    lines = [f"{directive.name} {' '.join(others)}"] if others else []
    lines += [f'<FilesMatch "{_SCRIPTS}">', f"    {directive.name} {' '.join(costly)}", "</FilesMatch>"]
    ending = "\r\n" if source.text[end : end + 2] == "\r\n" else "\n"
    text = f"{ending}{indent}".join(lines)
    return context.fix("make them for scripts alone", Edit(source, Span(directive.start, end), text))
