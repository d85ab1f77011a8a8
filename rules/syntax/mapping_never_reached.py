"""An Alias or Redirect that an earlier one leaves nothing for

## What it does
Reports `Alias`, `ScriptAlias` and `Redirect` lines behind one whose URL path is the same, or one above.

## Why
httpd goes through the lines of a host in the order of the file, and takes the first that fits. `Redirect` lines
come before all `Alias` lines. A line for a part of what an earlier line takes is never reached.

## Bad
### The larger one first
```
<VirtualHost *:80>
    ServerName www.example.org
    Alias /media /srv/media
    Alias /media/new /srv/new
    #     ^^^^^^^^^^ is never reached: Alias /media in line 3 takes these requests, put this line before it
</VirtualHost>
```

### Everything is sent elsewhere
```
<VirtualHost *:80>
    ServerName old.example.org
    Redirect permanent / https://www.example.org/
    Redirect permanent /shop https://shop.example.org/
    #                  ^^^^^ is never reached: Redirect / in line 3 takes these requests, put this line before it
</VirtualHost>
```

### A redirect before an alias
```
<VirtualHost *:80>
    ServerName www.example.org
    Alias /media /srv/media
    #     ^^^^^^ is never reached: Redirect /media in line 5 takes these requests, and redirects come first
    Redirect /media https://media.example.org/
</VirtualHost>
```

## Good
### The smaller one first
```
<VirtualHost *:80>
    ServerName www.example.org
    Alias /media/new /srv/new
    Alias /media /srv/media
    Alias /mediathek /srv/mediathek
    Redirect /shop/sale https://sale.example.org/
    Redirect /shop https://shop.example.org/
</VirtualHost>
```

### One of two
```
<IfDefine OLD>
    Alias /media /srv/old
</IfDefine>
<IfDefine !OLD>
    Alias /media /srv/media
</IfDefine>
```

### A host's own come before the main server's
```
Alias /media /srv/media
<VirtualHost *:80>
    ServerName www.example.org
    Alias /media/new /srv/new
</VirtualHost>
```

## Limits
Redirects that hide the folder of ACME's challenges are reported by `redirect-hides-acme`.

## References
https://httpd.apache.org/docs/2.4/mod/mod_alias.html#order; `translate_alias_redir` in mod_alias.c
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Server,
    Severity,
    VirtualHost,
    in_order,
    is_chosen_from,
    lies_in,
    redirect_of,
    rule,
)

_ALIASES = ("alias", "scriptalias")
_REDIRECTS = ("redirect", "redirectpermanent", "redirecttemp")


@rule(
    code="SSL0043",
    name="mapping-never-reached",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_alias.html#order",
    needs=("alias", "scriptalias", "redirect", "redirectpermanent", "redirecttemp"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for host in server.hosts:
        redirects = _paths(host, _REDIRECTS)
        aliases = _paths(host, _ALIASES)
        yield from _unreached([], redirects, context)
        yield from _unreached(redirects, aliases, context)


def _paths(host: VirtualHost, keys: Sequence[str]) -> list[Directive]:
    """The lines of a host that surely act, in their order."""
    return [one for one in in_order(host, keys) if one.condition is None and len(one.values) > 1]


def _url(line: Directive) -> Argument | None:
    """The word with the URL path that a line takes."""
    if line.key in _ALIASES:
        return line.arguments[0]
    found = redirect_of(line)
    return next((word for word in line.arguments if found is not None and word.value == found.source), None)


def _unreached(first: list[Directive], lines: list[Directive], context: Context) -> Iterator[Diagnostic]:
    """The lines that one of `first`, or one before them, leaves nothing for."""
    takers: dict[str, Directive] = {}
    for line in first:
        _take(takers, line)
    before = set(first)
    for line in lines:
        word = _url(line)
        taker = _taker(takers, word.value) if word is not None else None
        if taker is not None and word is not None and _is_told(taker, line, word):
            last = "and redirects come first" if taker in before else "put this line before it"
            url = _url(taker)
            yield context.report(
                word,
                f"is never reached: {taker.name} {url.value if url else ''} in line {taker.line} takes these requests, "
                f"{last}",
                label="never reached",
                related=[(taker, "this takes them")],
            )
        _take(takers, line)


def _is_told(taker: Directive, line: Directive, word: Argument) -> bool:
    """Whether nobody can have meant it so; what hides ACME's challenges another rule tells."""
    if taker.source is not line.source or is_chosen_from(line.source):
        return False
    return not word.value.startswith("/.well-known/acme-challenge")


def _take(takers: dict[str, Directive], line: Directive) -> None:
    word = _url(line)
    if word is not None:
        takers.setdefault(word.value, line)


def _taker(takers: dict[str, Directive], url: str) -> Directive | None:
    """The earlier line that takes all of a URL path: one for the path itself, or for a folder above it."""
    parts = url.split("/")
    above = ("/".join(parts[:count]) for count in range(len(parts) + 1))
    candidates = dict.fromkeys(path + end for path in above for end in ("", "/"))
    for path in candidates:
        line = takers.get(path)
        if line is not None and path and lies_in(url, path):
            return line
    return None
