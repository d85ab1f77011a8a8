"""SSLRandomSeed does nothing that OpenSSL does not do by itself

## What it does
Reports `SSLRandomSeed` for a target with OpenSSL 1.1.1 or newer.

## Why
From 1.1.1 on the library seeds its generator from the operating system, and again by itself. The lines, which
every old configuration has, are still carried out: `startup` at each start, `connect` for each connection, and a
program that `exec:` names is run each time.

## Bad
### The usual lines
```
SSLRandomSeed startup builtin
#<^^^^^^^^^^^ OpenSSL seeds itself since 1.1.1: this line only costs time, each time that the server starts
SSLRandomSeed connect file:/dev/urandom 512
#<^^^^^^^^^^^ OpenSSL seeds itself since 1.1.1: this line only costs time, each time that a client connects
```

## Good
### An old library
```
#--- target: httpd=2.2 openssl=1.0.1
SSLRandomSeed startup file:/dev/urandom 512
```

## Fix
### The usual lines
```
```

The fix is unsafe, as the line may have been written for a machine with a source of randomness of its own.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrandomseed; https://docs.openssl.org/3.0/man7/RAND/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, delete_lines, name_of, rule

_OLD = ("0.", "1.0", "1.1.0")


@rule(
    code="SSL0522",
    name="random-seed-obsolete",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrandomseed",
    keys=("sslrandomseed",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if context.target.openssl.startswith(_OLD):
        return
    when = "a client connects" if directive.values[:1] == ["connect"] else "the server starts"
    yield context.report(
        name_of(directive),
        f"OpenSSL seeds itself since 1.1.1: this line only costs time, each time that {when}",
        label="not needed",
        fix=context.fix("remove the line", delete_lines(directive)) if directive.pieces is None else None,
    )
