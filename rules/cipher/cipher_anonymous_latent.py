"""A cipher string asks for suites without authentication or encryption, and httpd alone prevents them

## What it does
Reports words that add anonymous, unencrypted or export suites by name (`aNULL`, `ADH`, `eNULL`, `EXP` …)
where they are not offered only because mod_ssl appends `:!aNULL:!eNULL:!EXP`.

## Why
The line says the worst that a cipher string can say. That nothing happens is a courtesy of httpd 2.4.7 and
later (2.2.30); copied to another server, or read by an older httpd, it opens the door to anybody on the
path. Nothing is lost by taking the word out.

## Bad
### Anonymous suites by name
```
Listen 443
SSLCipherSuite ECDHE:aNULL
#                    ^^^^^ asks for suites without authentication, such as ADH-AES256-GCM-SHA384,...
```

### Unencrypted ones
```
Listen 443
SSLCipherSuite HIGH:eNULL
#                   ^^^^^ asks for suites without encryption, such as...
```

## Good
### Excluded
```
Listen 443
SSLCipherSuite HIGH:!aNULL:!eNULL
```

### Words that contain some among others
```
Listen 443
SSLCipherSuite ALL:!ADH
SSLProxyCipherSuite HIGH
```

### Taken out again by the author
```
Listen 443
SSLCipherSuite ALL:aNULL:!aNULL
```

## Fix
### Anonymous suites by name
```
Listen 443
SSLCipherSuite ECDHE
```

### Unencrypted ones
```
Listen 443
SSLCipherSuite HIGH
```

## References
RFC 9325 section 4.1; `ssl_cmd_SSLCipherSuite` in modules/ssl/ssl_engine_config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, rule

from ._elements import named, without, written

_WORDS = {
    "ANULL": "authentication", "ADH": "authentication", "AECDH": "authentication", "ENULL": "encryption",
    "NULL": "encryption", "COMPLEMENTOFALL": "encryption", "EXP": "strength", "EXPORT": "strength",
    "EXPORT40": "strength", "EXPORT56": "strength",
}  # fmt: skip


@rule(
    code="SSL0215",
    name="cipher-anonymous-latent",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslopensslconfcmd"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found = list(written(directive, context.target))
    for index, one in enumerate(found):
        element = one.element
        what = next((_WORDS[word.upper()] for word in element.words if word.upper() in _WORDS), None)
        if what is None or element.operator or not element.added:
            continue
        undone = {suite for later in found[index + 1 :] for suite in later.element.removed}
        latent = [suite for suite in element.added if suite not in one.selected.suites and suite not in undone]
        if not latent:
            continue
        edits = without(one)
        yield context.report(
            one.spot,
            f"asks for suites without {what}, such as {named(latent)}; they are not offered only because httpd "
            "appends :!aNULL:!eNULL:!EXP",
            fix=context.fix("take the word out", *edits) if edits else None,
        )
