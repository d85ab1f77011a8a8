"""Everybody may write files by WebDAV

## What it does
Reports sections with `Dav` on where a stranger may `PUT` without a login.

## Why
Whoever finds the place may put files there, change them and delete them; where the server runs programs from it, they
run their own.

## Bad
### No access control
```
#--- live: no
Listen 80
DocumentRoot /srv/www
DavLockDB /var/lib/apache2/lock
<Directory /srv/www/files>
    Dav On
    #   ^^ strangers may write and delete files here: nothing asks for a login before PUT
    Require all granted
</Directory>
```

## Good
### A login for writing
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/files>
    Dav On
    AuthType Basic
    AuthName Files
    AuthUserFile /etc/apache2/passwords
    <LimitExcept GET OPTIONS PROPFIND>
        Require valid-user
    </LimitExcept>
</Directory>
```

### Some addresses
```
#--- live: no
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/files>
    Dav On
    Require ip 192.0.2.0/24
</Directory>
```

### What surrounds a fragment is not known
```
#--- role: fragment
<Location /files>
    Dav On
</Location>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 2.3; DISA STIG V-214245; https://httpd.apache.org/docs/2.4/mod/mod_dav.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Reach,
    Server,
    Severity,
    VirtualHost,
    Where,
    assumption,
    rule,
    strangers_admission,
)

_OWN_ACCESS = ("authzsvnaccessfile", "authzsvnreposrelativeaccessfile")


@rule(
    code="SSL1329",
    name="dav-open",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_dav.html",
    needs=("dav",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    reach = Reach.of(server)
    for owner, scope in reach.scopes():
        line = scope.last("dav")
        if line is None or not line.arguments or [word.lower() for word in line.values] == ["off"]:
            continue
        if any(key in scope.directives for key in _OWN_ACCESS):
            continue
        if any(_is_open(reach, host, where) for host, where in reach.requests(owner, scope)):
            message = "strangers may write and delete files here: nothing asks for a login before PUT"
            yield context.report(line.arguments[0], message, notes=assumption(scope.section, line))


def _is_open(reach: Reach, host: VirtualHost, where: Where) -> bool:
    access = reach.access(host, where)
    if not host.server.is_complete and access.require is None and "allow" not in access.old:
        return False
    answers = [strangers_admission(host, where, "PUT", tls=tls) for tls in (True, False)]
    return any(one.status is None and not one.why for one in answers)
