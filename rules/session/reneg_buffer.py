"""The buffer for renegotiation holds nothing, or a great deal for everybody

## What it does
Reports `SSLRenegBufferSize 0`, which refuses every request with a body, and sizes above `most` bytes.

## Why
When a section wants a client certificate or other suites, httpd keeps the request's body in memory until the
second handshake is done. What does not fit is refused with 413; what fits is held for each connection at once,
before anybody knows who sends it. The default is 128 KiB.

## Bad
### None
```
<Directory /srv/www/members>
    SSLRenegBufferSize 0
    #                  ^ every request with a body that needs a second handshake is refused (413)
</Directory>
```

### A gigabyte
```
<Directory /srv/www/members>
    SSLRenegBufferSize 1073741824
    #                  ^^^^^^^^^^ each connection may fill 1024 MiB of memory before anybody knows who sends it
</Directory>
```

## Good
### The default, and a little more
```
<Directory /srv/www/members>
    SSLRenegBufferSize 131072
</Directory>
<Directory /srv/www/uploads>
    SSLRenegBufferSize 1048576
</Directory>
```

## Options
`most`: the largest number of bytes that is not reported, 10485760.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrenegbuffersize; `ssl_io_buffer_fill` in ssl_engine_io.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, number_of, rule


@rule(
    code="SSL0525",
    name="reneg-buffer",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrenegbuffersize",
    keys=("sslrenegbuffersize",),
    options={"most": 10485760},
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    word = directive.arguments[0] if directive.arguments else None
    size = number_of(word.value) if word is not None else None
    if word is None or size is None:
        return
    if size == 0:
        what = "every request with a body that needs a second handshake is refused (413)"
    elif size > context.option("most", int):
        what = f"each connection may fill {size >> 20} MiB of memory before anybody knows who sends it"
    else:
        return
    yield context.report(word, what, notes=assumption(directive))
