"""The error log leaves out what is needed later

## What it does
Reports hosts whose `LogLevel` is quieter than a policy asks for, for all modules or for the core.

## Why
Below `notice` the log does not tell when the server was started and stopped, and by what; `core:info` also tells of
requests for files that are not there, by which attackers feel their way. `warn` is httpd's default.

## Bad
### Only errors
```
Listen 80
LogLevel error
#        ^^^^^ logs less than notice for the main server
```

### The default
```
Listen 80
<VirtualHost *:80>
#<^^^^^^^^^^^^^^^^ www.example.org (*:80) logs less than notice: httpd's default is warn
    ServerName www.example.org
</VirtualHost>
```

### The core
```
Listen 80
LogLevel notice
#        ^^^^^^ logs less than info of the core for the main server
```

## Good
### As the policy wants it
```
Listen 80
LogLevel notice core:info
```

### More
```
Listen 80
LogLevel info
```

## Options
`level` is the level for all modules, `core` that for the core; an empty word asks for nothing.

## References
CIS Apache HTTP Server 2.4 item 6.1; https://httpd.apache.org/docs/2.4/mod/core.html#loglevel
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, VirtualHost, met_hosts, rule, spot

from ._levels import level_number, level_of


@rule(
    code="SSL1505",
    name="log-level-low",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#loglevel",
    options={"level": "notice", "core": "info"},
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in met_hosts(server):
        lacking = _lacking(host, context)
        line = host.winner("loglevel")
        if not lacking or line in told:
            continue
        if line is None:
            yield context.report(host, f"{host.title} logs less than {lacking}: httpd's default is warn")
        else:
            told.add(line)
            yield context.report(spot(line, *line.arguments[:1]), f"logs less than {lacking} for {host.title}")


def _lacking(host: VirtualHost, context: Context) -> str:
    """The level that a host does not reach; empty where it does."""
    level, core = context.option("level", str), context.option("core", str)
    wanted = level_number(level) if level else None
    if wanted is not None and level_of(host) < wanted:
        return level
    wanted = level_number(core) if core else None
    return f"{core} of the core" if wanted is not None and level_of(host, "core") < wanted else ""
