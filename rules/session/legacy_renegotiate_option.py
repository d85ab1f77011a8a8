"""An SSLOptions word that weakens checks for the sake of old programs

## What it does
Reports `OptRenegotiate` and `LegacyDNStringFormat` in `SSLOptions`.

## Why
`OptRenegotiate` lets a section that wants a client certificate reuse what an earlier handshake left, and skip the
verification that would have been made again; it acts by renegotiation, which TLS 1.3 does not have.
`LegacyDNStringFormat` writes names of certificates in the form of before 2.3.11, `/C=DE/CN=Ann`, in which a slash
inside a name can't be told from one between its parts: whoever gets to choose a part can pretend to be somebody
else.

## Bad
### Both
```
SSLOptions +OptRenegotiate +LegacyDNStringFormat
#          ^^^^^^^^^^^^^^^ skips the verification of a client's certificate that a section asks for, and TLS 1.3...
#                          ^^^^^^^^^^^^^^^^^^^^^ a slash in a certificate's name can't be told from one between its...
```

## Good
### Neither
```
SSLOptions +StrictRequire -OptRenegotiate
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule

_OLD = {
    "optrenegotiate": "skips the verification of a client's certificate that a section asks for, and TLS 1.3 does not "
    "know it",
    "legacydnstringformat": "a slash in a certificate's name can't be told from one between its parts: compare "
    "SSL_CLIENT_S_DN_CN and the like",
}


@rule(
    code="SSL0527",
    name="legacy-renegotiate-option",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions",
    keys=("ssloptions",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments:
        what = _OLD.get(word.value.lstrip("+").lower())
        if what is not None:
            yield context.report(word, what, notes=assumption(directive))
