"""HTTP/2 is asked for, and stays inactive

## What it does
Reports `Protocols` with `h2` or `h2c` where mod_http2 is not loaded, or the prefork MPM is.

## Why
mod_http2 needs threads. With prefork, which mod_php brought along, httpd 2.4.27 and later starts with a warning
(AH10034) and speaks HTTP/1.1 only. Without mod_http2, it takes the line without a word.
PHP by FastCGI (php-fpm) works with the event MPM, and lets HTTP/2 act.

## Bad
```
#--- live: no
LoadModule mpm_prefork_module modules/mod_mpm_prefork.so
LoadModule http2_module modules/mod_http2.so
Listen 80
Protocols h2 http/1.1
#         ^^ the prefork MPM is loaded (AH10034): HTTP/2 stays inactive
```

### Without the module
```
#--- live: no
#--- target: debian-12
LoadModule mpm_event_module modules/mod_mpm_event.so
Listen 80
Protocols h2 http/1.1
#         ^^ mod_http2 is not loaded: HTTP/2 stays inactive
```

## Good
### An MPM with threads
```
#--- live: no
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule http2_module modules/mod_http2.so
Listen 80
Protocols h2 http/1.1
```

### HTTP/1.1 alone
```
#--- live: no
LoadModule mpm_prefork_module modules/mod_mpm_prefork.so
Listen 80
Protocols http/1.1
```

## References
https://httpd.apache.org/docs/2.4/howto/http2.html#mpm-config; `h2_conn_mpm_supported` in mod_http2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    HttpdVersion,
    Server,
    Severity,
    assumption,
    knows_modules,
    rule,
    usable,
)

_FIRST = HttpdVersion(2, 4, 27)


@rule(
    code="SSL0924",
    name="http2-inactive",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/howto/http2.html",
    keys=("protocols",),
    whole_server=True,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    word = next((one for one in directive.arguments if one.value.lower() in ("h2", "h2c")), None)
    why = _obstacle(context) if word is not None else ""
    if word is not None and why:
        message = f"{why}: HTTP/2 stays inactive"
        yield context.report(word, message, notes=assumption(directive))


def _obstacle(context: Context) -> str:
    """What keeps the server from speaking HTTP/2; empty where nothing does."""
    loaded = _loaded(context.server)
    if "http2_module" not in context.configuration.loaded and knows_modules(context.server):
        return "mod_http2 is not loaded"
    if context.target.httpd >= _FIRST and {"mpm_prefork_module", "http2_module"} <= loaded:
        return "the prefork MPM is loaded (AH10034)"
    return ""


def _loaded(server: Server) -> set[str]:
    """The modules that lines load for certain, or as a reader must assume: what a target has does not count."""
    return {name for line in usable(server.main.own.get("loadmodule", ())) for name in line.values[:1]}
