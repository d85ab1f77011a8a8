"""A word of SSLOptions without sign throws away the options before it

## What it does
Reports words of `SSLOptions` without `+` or `-` that drop options which a word before them, a line above, or the
sections, host or server around have switched on.

## Why
A word without sign sets the options to itself alone: `SSLOptions StdEnvVars ExportCertData` leaves
`ExportCertData`, and `SSLOptions StdEnvVars` in a section ends a `StrictRequire` or `FakeBasicAuth` that was set for
the whole server. Nothing tells; `Options` of the core, which people know, does not work that way.

## Bad
### The last word alone counts
```
SSLOptions StdEnvVars ExportCertData
#                     ^^^^^^^^^^^^^^ this word without sign drops StdEnvVars: write +ExportCertData to add to them
```

### A section drops what the server set
```
DocumentRoot /srv/www
SSLOptions +StrictRequire
<Directory /srv/www/cgi>
    SSLOptions StdEnvVars
    #          ^^^^^^^^^^ this word without sign drops StrictRequire: write +StdEnvVars to add to them
</Directory>
```

### A virtual host does
```
SSLOptions +StrictRequire +StdEnvVars
<VirtualHost *:443>
    SSLOptions FakeBasicAuth
    #          ^^^^^^^^^^^^^ this word without sign drops StrictRequire and StdEnvVars: write +FakeBasicAuth to add...
</VirtualHost>
```

## Good
### With signs
```
SSLOptions +StrictRequire
SSLOptions +StdEnvVars +ExportCertData
<Directory /srv/www/cgi>
    SSLOptions +FakeBasicAuth
</Directory>
```

### Nothing there to be dropped
```
SSLOptions StdEnvVars
SSLOptions +ExportCertData
<Directory /srv/www/cgi>
    SSLOptions StdEnvVars
    SSLOptions +ExportCertData
</Directory>
```

### Each folder for itself
```
DocumentRoot /srv/www
<Directory /srv/www/a>
    SSLOptions StdEnvVars
</Directory>
<Directory /srv/www/b>
    SSLOptions FakeBasicAuth
</Directory>
```

## Fix
### The last word alone counts
```
SSLOptions StdEnvVars +ExportCertData
```

### A section drops what the server set
```
DocumentRoot /srv/www
SSLOptions +StrictRequire
<Directory /srv/www/cgi>
    SSLOptions +StdEnvVars
</Directory>
```

The fix is unsafe: perhaps the options were to go. Then `-StrictRequire` says so.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions; `ssl_cmd_SSLOptions` in ssl_engine_config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Bits,
    Context,
    Diagnostic,
    Directive,
    Reach,
    Safety,
    Scope,
    Server,
    Severity,
    VirtualHost,
    all_scopes,
    assumption,
    enumeration,
    replace,
    rule,
)

Lines = list[Directive]


@rule(
    code="SSL0705",
    name="ssloptions-replaces-parent",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#ssloptions",
    needs=("ssloptions",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[Directive, str]] = set()
    for lines, own in _places(server):
        found, end = Bits("ssl"), Bits("ssl")
        for line in lines:
            end.apply(line.values)
        for line in lines:
            for word in line.arguments:
                dropped = [name for name in _apply(found, word) if name.lower() not in end.parts]
                if not dropped or line not in own or (line, word.value) in told:
                    continue
                told.add((line, word.value))
                yield context.report(
                    word,
                    f"this word without sign drops {enumeration(dropped, 4)}: write +{word.value} to add to them",
                    label="begins afresh",
                    related=[(one, "switched on here") for one in _setters(lines, line, dropped)],
                    notes=assumption(line),
                    fix=context.fix("add to the options", replace(word, f"+{word.value}")),
                )


def _apply(found: Bits, word: Argument) -> list[str]:
    """Let one word act; returns the options that it drops."""
    before = dict(found.parts)
    found.apply([word.value])
    if word.value[:1] in ("+", "-"):
        return []
    return [name for key, name in before.items() if key not in found.parts]


def _setters(lines: Lines, last: Directive, dropped: list[str]) -> Lines:
    """The lines before one that name what it drops."""
    names = {name.lower() for name in dropped}
    before = lines[: lines.index(last)]
    return [one for one in before if any(word.lstrip("+").lower() in names for word in one.values)]


def _places(server: Server) -> Iterator[tuple[Lines, frozenset[Directive]]]:
    """The lines that act in each host and section, in their order, with those that stand there itself."""
    reach = Reach.of(server)
    main = server.main
    for host in server.hosts:
        own = host.all("ssloptions")
        if host is main or "ssloptions" in host.own:
            yield own, frozenset(host.own.get("ssloptions", ()))
        for scope in all_scopes(host.own_scopes):
            mine = scope.directives.get("ssloptions", [])
            if not any(word[:1] not in "+-" for one in mine for word in one.values):
                continue
            around = _around(reach, host, scope) if scope.kind not in _CONDITIONS else []
            yield [*own, *around, *mine], frozenset(mine)


_CONDITIONS = ("if", "elseif", "else")


def _around(reach: Reach, host: VirtualHost, scope: Scope) -> Lines:
    """The lines of sections that act on a section's content before its own."""
    levels = [one for one in reach.levels(host) if "ssloptions" in one.directives]
    wheres = reach.mapper(host).requests_for(scope) if len(levels) > 1 else []
    found: Lines = []
    for level in levels if wheres else ():
        if level is scope:
            break
        if level.kind not in _CONDITIONS and level.covers(wheres[0]):
            found += level.directives["ssloptions"]
    return found
