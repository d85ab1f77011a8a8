"""Folders without an index page are listed

## What it does
Reports `Options` lines that leave `Indexes` in force for folders that hosts serve to everybody.

## Why
Where a folder has no index page, mod_autoindex lists its files: those that no page links to, copies and dumps included.

## Bad
### In a folder
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options Indexes FollowSymLinks
    #       ^^^^^^^ whoever asks for a folder below /srv/www without an index page gets a list of its files
    Require all granted
</Directory>
```

### All, for an alias
```
Listen 80
DocumentRoot /srv/www
Alias /files /srv/files
<Directory /srv/files>
    Options All
    #       ^^^ whoever asks for a folder below /srv/files...
</Directory>
```

### Added to what is inherited
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/old>
    Options +Indexes
    #       ^^^^^^^^ whoever asks for a folder below /srv/www/old...
</Directory>
```

## Good
### Taken out again
```
Listen 80
DocumentRoot /srv/www
<Directory /srv>
    Options Indexes FollowSymLinks
</Directory>
<Directory /srv/www>
    Options -Indexes
</Directory>
```

### Behind a login, or out of reach
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options Indexes
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
<Directory /srv/other>
    Options Indexes
</Directory>
```

## Fix
### In a folder
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    Options FollowSymLinks
    Require all granted
</Directory>
```

### Added to what is inherited
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/old>
    Options -Indexes
</Directory>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 2.5; DISA STIG V-214292; https://httpd.apache.org/docs/2.4/mod/core.html#options
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Reach,
    Safety,
    Server,
    Severity,
    VirtualHost,
    Where,
    all_arguments,
    assumption,
    effective,
    replace,
    rule,
)


@rule(
    code="SSL1207",
    name="directory-listing",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#options",
    needs=("options",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host, where in _places(server):
        line = _listing(host, where)
        if line is None or line in told or not Reach.of(server).access(host, where).lets_anybody_in(tls=True):
            continue
        told.add(line)
        for word in line.arguments:
            if _lists(word.value):
                message = f"whoever asks for a folder below {where.path} without an index page gets a list of its files"
                yield context.report(word, message, notes=assumption(line), fix=_fix(line, word, context))
                break


def _places(server: Server) -> Iterator[tuple[VirtualHost, Where]]:
    """The folders that URLs are mapped to, and those below that sections speak of."""
    reach = Reach.of(server)
    for host in server.hosts:
        if host.sockets or server.is_fragment:
            for mapping in reach.mapper(host).mappings:
                yield host, Where(mapping.url, mapping.folder)
    for owner, scope in reach.scopes():
        if "options" in scope.directives:
            for host, where in reach.requests(owner, scope):
                if where.path and (host.sockets or server.is_fragment):
                    yield host, where


def _listing(host: VirtualHost, where: Where) -> Directive | None:
    """The line by which a folder is listed."""
    if host.server.configuration.lacks("autoindex_module"):
        return None
    (found,) = effective(host, where, ["options"])
    lines = [line.directive for line in found.lines if any(_lists(word) for word in line.directive.values)]
    return lines[-1] if lines and found.words is not None and "Indexes" in found.words else None


def _lists(word: str) -> bool:
    return word.lower() in ("indexes", "+indexes", "all", "+all")


def _fix(line: Directive, word: Argument, context: Context) -> Fix | None:
    words = line.arguments
    if word.value[:1] == "+":
        return context.fix("list no folders", replace(word, "-Indexes")) if word.value.lower() == "+indexes" else None
    if word.value.lower() == "all":
        return None
    kept = " ".join(one.value for one in words if one.span != word.span) or "None"
    return context.fix("list no folders", replace(all_arguments(line), kept))
