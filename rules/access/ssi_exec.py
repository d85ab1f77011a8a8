"""Pages may run commands

## What it does
Reports `Options` with `Includes` in places where pages are parsed for includes: by the filter `INCLUDES`, the handler
`server-parsed` or `XBitHack`.

## Why
`<!--#exec cmd=… -->` in a page runs a command as the server. Whoever gets text into such a page, by a comment form for
instance, runs commands (see also CVE-2025-58098). `IncludesNOEXEC` leaves includes on and commands off.

## Bad
### With the filter
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options +Includes
    #       ^^^^^^^^^ pages below /srv/www may run commands by #exec
    AddOutputFilter INCLUDES .shtml
</Directory>
```

## Good
### Without commands
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options +IncludesNOEXEC
    AddOutputFilter INCLUDES .shtml
</Directory>
```

### Nothing parses pages
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options +Includes
</Directory>
```

## Fix
### With the filter
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options +IncludesNOEXEC
    AddOutputFilter INCLUDES .shtml
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_include.html; https://httpd.apache.org/docs/2.4/mod/core.html#options
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    Where,
    assumption,
    effective,
    replace,
    rule,
)

_PARSERS = ("setoutputfilter", "addoutputfilter", "addoutputfilterbytype", "sethandler", "addhandler", "xbithack")


@rule(
    code="SSL1331",
    name="ssi-exec",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_include.html",
    needs=("options",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    told: set[Directive] = set()
    for owner, scope in reach.scopes():
        if "options" not in scope.directives:
            continue
        for host, where in reach.requests(owner, scope):
            line = _running(host, where)
            if line is not None and line not in told:
                told.add(line)
                yield _found(context, line, where)


def _running(host: VirtualHost, where: Where) -> Directive | None:
    """The Options line that lets pages here run commands, where pages are parsed."""
    found = effective(host, where, ["options", *_PARSERS])
    options, parsers = found[0], found[1:]
    lines = [one.directive for one in options.lines if any(_switches(word) for word in one.directive.values)]
    if not lines or "Includes" not in (options.words or ()):
        return None
    line = lines[-1]
    return (
        line if any(_parses(word) for one in parsers for used in one.lines for word in used.directive.values) else None
    )


def _switches(word: str) -> bool:
    return word.lower().removeprefix("+") in ("includes", "all")


def _parses(word: str) -> bool:
    return word.lower() in ("server-parsed", "full") or "includes" in word.lower().split(";")


def _found(context: Context, line: Directive, where: Where) -> Diagnostic:
    words = {word.value.lower(): word for word in line.arguments}
    word = words.get("+includes") or words.get("includes") or line.arguments[0]
    sign = "+" if word.value.startswith("+") else ""
    is_named = word.value.lower().endswith("includes")
    fix = context.fix("leave commands out", replace(word, f"{sign}IncludesNOEXEC")) if is_named else None
    below = f" below {where.path}" if where.path else ""
    return context.report(word, f"pages{below} may run commands by #exec", notes=assumption(line), fix=fix)
