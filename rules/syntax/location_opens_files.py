"""A Location for URLs opens files that a section for files has closed

## What it does
Reports `<Location>` and `<LocationMatch>` sections that let everybody in to files that a `<Files>` or `<FilesMatch>`
keeps everybody from, such as `.htpasswd`.

## Why
Sections for URLs are laid over those for files, wherever they stand, and a `Require` in a later layer replaces that of
an earlier one. `<Location "/"> Require all granted` therefore undoes the `<Files ".ht*"> Require all denied` that
every distribution ships, and hands out password files.

## Bad
### Everything is granted
```
Listen 80
<Files ".ht*">
    Require all denied
</Files>
<VirtualHost *:80>
    ServerName www.example.org
    DocumentRoot /srv/www
    <Location "/">
        Require all granted
        #       ^^^^^^^^^^^ opens what <Files ".ht*"> has closed to everybody: sections for URLs come last. Put this...
    </Location>
</VirtualHost>
```

## Good
### For the folder
```
Listen 80
<Files ".ht*">
    Require all denied
</Files>
<VirtualHost *:80>
    DocumentRoot /srv/www
    <Directory /srv/www>
        Require all granted
    </Directory>
</VirtualHost>
```

### Both must agree
```
Listen 80
<Files ".ht*">
    Require all denied
</Files>
<VirtualHost *:80>
    DocumentRoot /srv/www
    <Location "/">
        AuthMerging And
        Require all granted
    </Location>
</VirtualHost>
```

### Other files
```
Listen 80
<Files ".ht*">
    Require all denied
</Files>
<VirtualHost *:80>
    DocumentRoot /srv/www
    <Location "/app">
        ProxyPass http://127.0.0.1:8080/
        Require all granted
    </Location>
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/sections.html#merging; `ap_process_request_internal` in server/request.c. Tried on
httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Access,
    Context,
    Diagnostic,
    Directive,
    Reach,
    Scope,
    Server,
    Severity,
    VirtualHost,
    Where,
    all_arguments,
    assumption,
    rule,
)

_FILES = ("files", "filesmatch")
_URLS = ("location", "locationmatch")


@rule(
    code="SSL0047",
    name="location-opens-files",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html#merging",
    needs=("location", "locationmatch"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.keys.isdisjoint(_FILES) or "require" not in server.keys:
        return
    reach = Reach.of(server)
    told: set[Directive] = set()
    for host in server.hosts:
        if not host.sockets and not server.is_fragment:
            continue
        for line, files in _opened(reach, host):
            if line not in told:
                told.add(line)
                title = files.section.title
                yield context.report(
                    all_arguments(line),
                    f"opens what {title} has closed to everybody: sections for URLs come last. Put this into a "
                    "<Directory>, or repeat the denial in a <LocationMatch>",
                    label="lets everybody in",
                    related=[(files.section, "closed here")],
                    notes=assumption(line, files.section),
                )


def _opened(reach: Reach, host: VirtualHost) -> Iterator[tuple[Directive, Scope]]:
    """The lines in sections for URLs that let everybody in, with the sections for files that did not."""
    levels = reach.levels(host)
    urls = [one for one in levels if one.kind in _URLS and _grants(one)]
    closed = [one for one in levels if one.kind in _FILES and _closes(one)] if urls else []
    for files in closed:
        for where in reach.mapper(host).requests_for(files)[:1]:
            mine = [one for one in urls if one.covers(where)]
            if mine and _lets_in(reach, host, where) and not _lets_in_without(levels, where, urls):
                yield mine[-1].directives["require"][-1], files


def _grants(scope: Scope) -> bool:
    access = Access.of(scope)
    return access.require is not None and access.require.holds_for_everybody()


def _closes(scope: Scope) -> bool:
    access = Access.of(scope)
    return access.require is not None and not access.lets_in(tls=True) and not access.lets_in(tls=False)


def _lets_in(reach: Reach, host: VirtualHost, where: Where) -> bool:
    access = reach.access(host, where)
    return access.require is not None and access.require.holds_for_everybody() and access.lets_in(tls=True)


def _lets_in_without(levels: list[Scope], where: Where, urls: list[Scope]) -> bool:
    """Whether everybody would get in if the sections for URLs were not there."""
    left = [one for one in levels if one not in urls and one.kind not in _URLS and one.covers(where)]
    return Access.of(*left).lets_in(tls=True)
