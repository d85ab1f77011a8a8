"""A file of the server's own lies among the documents

## What it does
Reports `CoreDumpDirectory`, `PidFile`, `ScoreBoardFile`, `Mutex` and `LockFile` paths that a host would serve to
everybody.

## Why
A core dump holds what httpd had in memory: private keys, passwords, other visitors' requests. Lock and process files
let whoever can write to the documents meddle with the server.

## Bad
### Core dumps
```
Listen 80
DocumentRoot /srv/www
CoreDumpDirectory /srv/www/dumps
#                 ^^^^^^^^^^^^^^ the main server serves what lies here, as /dumps/core
```

### The process file
```
Listen 80
DocumentRoot /srv/www
PidFile /srv/www/run/httpd.pid
#       ^^^^^^^^^^^^^^^^^^^^^^ the main server serves what lies here, as /run/httpd.pid
```

## Good
### Elsewhere
```
#--- live: no
Listen 80
DocumentRoot /srv/www
CoreDumpDirectory /var/cache/apache2
PidFile /run/apache2.pid
```

### Nobody gets it
```
#--- live: no
Listen 80
DocumentRoot /srv/www
CoreDumpDirectory /srv/www/dumps
<Directory /srv/www/dumps>
    Require all denied
</Directory>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 3.7 to 3.10; https://httpd.apache.org/docs/2.4/mod/mpm_common.html#coredumpdirectory
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Argument, Context, Diagnostic, Directive, Severity, assumption, rule, served_file


@rule(
    code="SSL1212",
    name="server-file-in-docroot",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mpm_common.html#coredumpdirectory",
    keys=("coredumpdirectory", "pidfile", "scoreboardfile", "mutex", "lockfile"),
    whole_server=True,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    word, path = _path(directive)
    found = served_file(context.server, path) if path else None
    if word is not None and found is not None:
        message = f"{found.host.title} serves what lies here, as {found.url}"
        yield context.report(word, message, label="among the documents", notes=assumption(directive))


def _path(directive: Directive) -> tuple[Argument | None, str]:
    """The word that names a path, and the path of a file there."""
    for word in directive.arguments[:1]:
        if directive.key == "coredumpdirectory":
            return word, f"{word.value.rstrip('/')}/core"
        if directive.key == "mutex":
            _, colon, path = word.value.partition(":")
            return (word, f"{path.rstrip('/')}/lock") if colon and "/" in path else (None, "")
        return word, word.value
    return None, ""
