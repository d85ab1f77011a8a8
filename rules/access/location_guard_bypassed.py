"""A section for a URL is gone around by another URL

## What it does
Reports `<Location>` sections with access control whose files another URL of the same host leads to, where strangers get
in.

## Why
`<Location>` guards a URL, not the files behind it. An `Alias` to the same folder, or to one around it, is another door.
Put the access control into a `<Directory>`.

## Bad
### An alias leads there too
```
Listen 80
DocumentRoot /srv/www
Alias /old /srv/www/admin
<Location /admin>
    #     ^^^^^^ strangers are kept out of /admin, and get the same files by /old on the main server
    Require ip 192.0.2.0/24
</Location>
```

## Good
### The folder is guarded
```
Listen 80
DocumentRoot /srv/www
Alias /old /srv/www/admin
<Directory /srv/www/admin>
    Require ip 192.0.2.0/24
</Directory>
```

### Both are guarded
```
Listen 80
DocumentRoot /srv/www
Alias /old /srv/www/admin
<Location /admin>
    Require ip 192.0.2.0/24
</Location>
<Location /old>
    Require ip 192.0.2.0/24
</Location>
```

### Another folder
```
Listen 80
DocumentRoot /srv/www
Alias /admin /srv/admin
<Location /admin>
    Require ip 192.0.2.0/24
</Location>
```

### An Alias with a slash takes nothing without it
```
Listen 80
DocumentRoot /srv/www
Alias /admin/ /srv/admin/
<Location /admin/>
    Require ip 192.0.2.0/24
</Location>
```

### A handler answers, not files
```
Listen 80
DocumentRoot /srv/www
Alias /all /srv/www
<Location /server-status>
    SetHandler server-status
    Require local
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/core.html#location; https://httpd.apache.org/docs/2.4/sections.html#whichwhen
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Reach,
    Scope,
    Server,
    Severity,
    VirtualHost,
    Where,
    assumption,
    rule,
    strangers_admission,
)

_GUARDS = ("require", "deny")


@rule(
    code="SSL1325",
    name="location-guard-bypassed",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html#whichwhen",
    needs=("location",),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    for owner, scope in reach.scopes() if server.is_complete else ():
        if not _guards(scope):
            continue
        for host in server.hosts if owner.is_main else [owner]:
            found = _other_way(reach, host, scope) if host.sockets else None
            if found is not None:
                line = reach.mapper(host).mapped_by(found)
                message = (
                    f"strangers are kept out of {scope.argument}, and get the same files by {found.url} on {host.title}"
                )
                related = [(line, "the other way")] if line is not None else []
                word: Argument = scope.section.arguments[0]
                yield context.report(word, message, related=related, notes=assumption(scope.section, line))
                break


def _guards(scope: Scope) -> bool:
    is_url = scope.kind == "location" and scope.argument.strip("/") and scope.outer is None
    return bool(is_url) and "sethandler" not in scope.directives and any(key in scope.directives for key in _GUARDS)


def _other_way(reach: Reach, host: VirtualHost, scope: Scope) -> Where | None:
    """A request for the same folder that strangers may make."""
    mapper = reach.mapper(host)
    if len(mapper.mappings) < 2:
        return None
    for guarded in mapper.requests_for(scope):
        if guarded.path is None:
            continue
        for other in mapper.into(guarded.path):
            if (
                other.url
                and other.url != guarded.url
                and other.path == guarded.path
                and _goes_around(host, guarded, other)
            ):
                return other
    return None


def _goes_around(host: VirtualHost, guarded: Where, other: Where) -> bool:
    if strangers_admission(host, guarded).status not in (401, 403):
        return False
    admission = strangers_admission(host, other)
    return admission.status is None and not admission.why
