"""The server's own limits cut its workers down

## What it does
Reports `MaxRequestWorkers` and `ThreadsPerChild` that `ServerLimit`, `ThreadLimit` or each other do not allow, with
the MPM that the server loads.

## Why
httpd starts with less (or more) than what is written, and says so in the error log only. Under load it then refuses
clients earlier than its owner reckons with.

## Bad
### More than ServerLimit allows
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
MaxRequestWorkers 1000
#                 ^^^^ MaxRequestWorkers 1000 takes 40 processes of 25 threads, and ServerLimit is 16: httpd runs 400...
```

### More threads than ThreadLimit
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
ThreadsPerChild 128
#               ^^^ ThreadsPerChild 128 is above ThreadLimit, which is 64: httpd runs 64
MaxRequestWorkers 1024
```

### No whole number of processes
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
ThreadsPerChild 64
MaxRequestWorkers 150
#                 ^^^ MaxRequestWorkers 150 is no multiple of ThreadsPerChild, which is 64: httpd runs 128
```

### prefork
```
#--- target: debian-12
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
MaxRequestWorkers 512
#                 ^^^ MaxRequestWorkers 512 is above ServerLimit, which is 256: httpd runs 256
```

## Good
### Both raised
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
ServerLimit 40
MaxRequestWorkers 1000
```

### The defaults
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
```

### Sections for other MPMs
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
<IfModule mpm_prefork_module>
    MaxRequestWorkers 1000
</IfModule>
<IfModule mpm_event_module>
    ThreadsPerChild 25
    MaxRequestWorkers 150
</IfModule>
```

## Fix
### More than ServerLimit allows
```
#--- target: debian-12
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
ServerLimit 40
MaxRequestWorkers 1000
```

### prefork
```
#--- target: debian-12
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
Listen 80
ServerLimit 512
MaxRequestWorkers 512
```

## Limits
`StartServers` and the numbers of spare workers, which httpd fits without a word, are not looked at.

## References
`event_check_config` in server/mpm/event/event.c, `prefork_check_config` in server/mpm/prefork/prefork.c; https://httpd.apache.org/docs/2.4/mod/mpm_common.html#maxrequestworkers
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Server,
    Severity,
    assumption,
    insert_before,
    number_of,
    replace,
    rule,
)


@rule(
    code="SSL1411",
    name="mpm-inconsistent",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mpm_common.html#maxrequestworkers",
    needs=("maxrequestworkers", "maxclients", "threadsperchild"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    loaded = server.configuration.loaded
    if context.target.httpd.is_old or not server.is_complete:
        return
    if "mpm_prefork_module" in loaded:
        yield from _prefork(server, context)
    elif not loaded.isdisjoint(("mpm_event_module", "mpm_worker_module")):
        yield from _threaded(server, context)


def _prefork(server: Server, context: Context) -> Iterator[Diagnostic]:
    limit, limit_line = _number(server, "serverlimit", 256)
    workers, line = _number(server, "maxrequestworkers", 256, "maxclients")
    if line is not None and workers > limit:
        message = f"{line.name} {workers} is above ServerLimit, which is {limit}: httpd runs {limit}"
        yield _found(context, line, message, _raise(context, line, limit_line, workers))


def _threaded(server: Server, context: Context) -> Iterator[Diagnostic]:
    limit, _ = _number(server, "threadlimit", 64)
    threads, line = _number(server, "threadsperchild", 25)
    if line is not None and threads > limit:
        yield _found(
            context, line, f"ThreadsPerChild {threads} is above ThreadLimit, which is {limit}: httpd runs {limit}"
        )
    threads = max(min(threads, limit), 1)
    workers, line = _number(server, "maxrequestworkers", 400, "maxclients")
    if line is None:
        return
    most, limit_line = _number(server, "serverlimit", 16)
    processes = workers // threads
    if workers < threads:
        message = f"{line.name} {workers} is below ThreadsPerChild, which is {threads}: httpd runs {threads}"
        yield _found(context, line, message)
    elif processes > most:
        message = (
            f"{line.name} {workers} takes {processes} processes of {threads} threads, and ServerLimit is {most}: "
            f"httpd runs {most * threads} workers"
        )
        yield _found(context, line, message, _raise(context, line, limit_line, processes))
    elif workers % threads:
        kept = processes * threads
        message = f"{line.name} {workers} is no multiple of ThreadsPerChild, which is {threads}: httpd runs {kept}"
        yield _found(context, line, message)


def _number(server: Server, key: str, default: int, older: str = "") -> tuple[int, Directive | None]:
    """The number in force, and its line; the last line of both names counts."""
    lines = [line for line in (server.main_winner(name, None) for name in (key, older) if name) if line is not None]
    if len(lines) > 1:
        lines.sort(key=server.configuration.children.index)
    line = lines[-1] if lines else None
    number = number_of("".join(line.values[:1])) if line is not None else None
    return (default, None) if number is None else (number, line)


def _raise(context: Context, line: Directive, limit: Directive | None, number: int) -> Fix:
    if limit is not None:
        return context.fix("raise ServerLimit", replace(limit.arguments[0], str(number)))
    return context.fix("raise ServerLimit", insert_before(line, f"ServerLimit {number}"))


def _found(context: Context, line: Directive, message: str, fix: Fix | None = None) -> Diagnostic:
    place: Argument = line.arguments[0]
    return context.report(place, message, label="cut down", notes=assumption(line), fix=fix)
