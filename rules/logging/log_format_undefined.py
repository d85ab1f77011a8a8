r"""A log names a format that nobody has defined

## What it does
Reports `CustomLog` and `GlobalLog` lines whose format is a word without `%` that no `LogFormat` of the host or the main
server defines.

## Why
mod_log_config takes an unknown nickname for the format itself: for each request it writes just this word. The server
starts, the log grows, and when it is needed it holds nothing. Formats of another virtual host don't count, whatever
stands where in the file.

## Bad
### Misspelt
```
LogFormat "%h %l %u %t \"%r\" %>s %b" common
CustomLog access.log comon
#                    ^^^^^ is no defined format: each request is logged as the word "comon" alone
```

### Defined in another host
```
Listen 80
<VirtualHost *:80>
    ServerName a.example.org
    LogFormat "%h %t" short
</VirtualHost>
<VirtualHost *:80>
    ServerName b.example.org
    CustomLog b.log short
#                   ^^^^^ is no defined format: each request is logged as the word "short" alone
</VirtualHost>
```

## Good
### Defined, also further down, in any case
```
CustomLog access.log Mine
LogFormat "%h %t" mine
```

### Defined by httpd itself, or written out
```
CustomLog access.log CLF
CustomLog agents.log "%{User-Agent}i"
CustomLog plain.log env=LOGGED
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog; `open_multi_logs` in mod_log_config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, closest, rule

from ._logs import all_logs, formats_of


@rule(
    code="SSL1501",
    name="log-format-undefined",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog",
    needs=("customlog", "globallog"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if not server.is_complete:
        return
    for host, log in all_logs(server):
        word = log.undefined
        if word is None or not word.value or "$" in word.value:
            continue
        near = closest(word.value.lower(), sorted(name for name in formats_of(host) if name), 1)
        notes = (f"Did you mean {near[0]}?",) if near else ()
        yield context.report(
            word,
            f'is no defined format: each request is logged as the word "{word.value}" alone',
            notes=(*notes, *assumption(log.directive)),
        )
