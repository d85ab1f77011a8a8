"""A ProxyPass that an earlier one leaves nothing for

## What it does
Reports `ProxyPass` lines, and the exceptions written with `!`, whose paths an earlier line takes: one of the same
host, of the main server, or of a `<Location>`.

## Why
The first line that fits decides. After `ProxyPass / http://backend/` nothing is left for the lines below it: an
exception such as `ProxyPass /static !` sends the files' URLs, and `/.well-known/acme-challenge` those by which
certificates are renewed, to the backend all the same. Lines go from the longest path to the shortest; those in
`<Location>` come before all others, and of these the last one counts.

## Bad
### An exception that comes too late
```
Listen 80
ProxyPass / http://127.0.0.1:8080/
ProxyPass /static/ !
#         ^^^^^^^^ never acts: the ProxyPass for / in line 2 comes first and takes these requests
```

### Another backend
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass /app http://127.0.0.1:8080/app
    ProxyPass /app/api http://127.0.0.1:8081/
    #         ^^^^^^^^ never acts: the ProxyPass for /app in line 4 comes first and takes these requests
</VirtualHost>
```

### Two backends for one path
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/
ProxyPass /app http://127.0.0.1:8081/
#         ^^^^ never acts: the ProxyPass for /app in line 2 comes first and takes these requests
```

### A section comes before the host's lines
```
Listen 80
ProxyPass /static/ !
#         ^^^^^^^^ never acts: the ProxyPass for / in line 5 comes first and takes these requests
<Location />
    ProxyPass http://127.0.0.1:8080/
</Location>
```

## Good
### From the longest path to the shortest
```
Listen 80
ProxyPass /static/ !
ProxyPass /app/api http://127.0.0.1:8081/
ProxyPass /app http://127.0.0.1:8080/app
ProxyPass / http://127.0.0.1:8080/
```

### The same place by another line
```
Listen 80
ProxyPass /app http://127.0.0.1:8080/app
ProxyPass /app/ http://127.0.0.1:8080/app/
```

### Only a part is taken
```
Listen 80
ProxyPass /app/ http://127.0.0.1:8080/
ProxyPass /app http://127.0.0.1:8081/
```

### Sections: the later one counts
```
Listen 80
<Location />
    ProxyPass http://127.0.0.1:8080/
</Location>
<Location /static/>
    ProxyPass !
</Location>
```

## Fix
### An exception that comes too late
```
Listen 80
ProxyPass /static/ !
ProxyPass / http://127.0.0.1:8080/
```

## Limits
The fix is unsafe, since requests then go elsewhere. Of `ProxyPassMatch`, only patterns for everything are looked at.

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass ("Ordering ProxyPass Directives"); `proxy_trans` in
mod_proxy.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    Proxied,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    delete_lines,
    insert_before,
    rule,
)

_EVERYTHING = frozenset({"", "/", "^", "^/", ".*", "(.*)", "^.*", "^(.*)", "^(.*)$", "^/(.*)", "^/(.*)$", "^.*$"})


@rule(
    code="SSL0815",
    name="proxypass-shadowed",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass",
    needs=("proxypass",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if "proxypass" not in server.keys:
        return
    told: set[Directive] = set()
    for host in server.hosts:
        if not ({"proxypass", "proxypassmatch"} & host.own.keys()) and not host.own_scopes:
            continue
        for late, early in _shadowed(host):
            if late.directive is None or early.directive is None or late.directive in told:
                continue
            told.add(late.directive)
            place = late.directive.arguments[0] if not late.in_section else late.directive.arguments[-1]
            yield context.report(
                place,
                f"never acts: the {early.directive.name} for {early.url if early.pattern is None else 'everything'} "
                f"in {_place(early.directive, late.directive)} comes first and takes these requests",
                related=[(early.directive, "this one decides")],
                notes=assumption(late.directive, early.directive, host.condition),
                fix=_fix(late, early, context),
                severity=Severity.ERROR if late.backend is None else Severity.WARNING,
            )


def _place(line: Directive, other: Directive) -> str:
    """Where a line stands, for people who look at another one."""
    return f"line {line.line}" if line.source.path == other.source.path else f"{line.source.path}:{line.line}"


def _shadowed(host: VirtualHost) -> Iterator[tuple[Proxied, Proxied]]:
    """The lines that never act, each with the one that takes their requests."""
    first: dict[str, Proxied] = {}
    everything: Proxied | None = None
    for one in Reach.of(host.server).mapper(host).proxied:
        if one.pattern is None and one.url.startswith("/"):
            early = everything or _taker(one.url, first)
            if early is not None and not _is_same_place(one, early):
                yield one, early
            first.setdefault(one.url, one)
        elif one.pattern is not None and not one.in_section and one.directive is not None and everything is None:
            everything = one if one.directive.values[0] in _EVERYTHING else None


def _taker(url: str, first: dict[str, Proxied]) -> Proxied | None:
    """The entry whose path takes all URLs below another."""
    ends = [number for number, letter in enumerate(url) if letter == "/"]
    candidates = [url, *(url[:end] for end in ends), *(url[: end + 1] for end in ends)]
    return next((first[one] for one in candidates if one in first), None)


def _is_same_place(late: Proxied, early: Proxied) -> bool:
    """Whether both lead to the same URLs, or both nowhere."""
    if late.backend is None or early.backend is None or early.pattern is not None:
        return late.backend == early.backend
    rest = late.url[len(early.url) :].strip("/")
    return f"{early.backend.rstrip('/')}/{rest}".rstrip("/") == late.backend.rstrip("/")


def _fix(late: Proxied, early: Proxied, context: Context) -> Fix | None:
    """Move the line before the one that takes its requests, in the same file and place."""
    first, second = early.directive, late.directive
    is_same = late.url.rstrip("/") == early.url.rstrip("/")
    if first is None or second is None or early.in_section or late.in_section or is_same:
        return None
    if first.source.path != second.source.path or first.parent is not second.parent or "\n" in _text(second):
        return None
    return context.fix("let it come first", insert_before(first, _text(second)), delete_lines(second))


def _text(directive: Directive) -> str:
    return directive.source.text[directive.span.start : directive.span.end]
