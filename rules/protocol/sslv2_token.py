"""SSLProtocol takes SSLv2 out, which is not there

## What it does
Reports `-SSLv2` in SSLProtocol and SSLProxyProtocol where the target's httpd has no SSLv2: all of 2.4. The rule runs
only when it is selected, or by a profile.

## Why
The word has done nothing since httpd 2.4.0. It shows that a line has been copied for more than ten years, often without
what newer advice would add to it.

## Bad
### Among others
```
Listen 443
SSLProtocol all -SSLv2 -SSLv3
#               ^^^^^^ takes out SSLv2, which httpd 2.4 does not have
```

### At the end, for backends
```
SSLProxyProtocol all -SSLv3 -sslv2
#                           ^^^^^^ takes out SSLv2, which httpd 2.4 does not have
```

## Good
### Where it is needed
```
#--- target: httpd=2.2.15 openssl=1.0.0
SSLProtocol all -SSLv2
```

### SSLv3 is there in some builds
```
Listen 443
SSLProtocol all -SSLv3
```

## Fix
### Among others
```
Listen 443
SSLProtocol all -SSLv3
```

### At the end, for backends
```
SSLProxyProtocol all -SSLv3
```

## Limits
`+SSLv2` is refused by httpd 2.4: see `bad-value`.

## References
RFC 6176; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Protocol, Safety, Severity, available_protocols, rule

from ._rewriting import stands_as_written, without


@rule(
    code="SSL0117",
    name="sslv2-token",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc6176",
    keys=("sslprotocol", "sslproxyprotocol"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "sslv2" not in directive.text.lower() or Protocol.SSL2 in available_protocols(context.target):
        return
    for index, argument in enumerate(directive.arguments):
        if argument.value.lower() == "-sslv2":
            edits = without(directive, [index]) if len(directive.arguments) > 1 and stands_as_written(directive) else ()
            yield context.report(
                argument,
                f"takes out SSLv2, which httpd {context.target.httpd.branch} does not have",
                fix=context.fix("leave the word out", *edits) if edits else None,
            )
