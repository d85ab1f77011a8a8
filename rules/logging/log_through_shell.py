"""A program for the log is started by a shell

## What it does
Reports piped logs that begin with `|$`, by which httpd starts the program through `/bin/sh`; up to 2.2 those with a
single `|`, where `||` goes without.

## Why
The shell stays as a process beside the program for the life of the server, signals reach it instead of the program,
and each special character of the line means something to it. As httpd starts it, it runs as root. Few programs need a
shell.

## Bad
### With a shell
```
CustomLog "|$/usr/bin/rotatelogs /var/log/access.%Y 86400" "%h %t"
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ starts this by /bin/sh as root: | alone starts the...
```

### With a shell in httpd 2.2
```
#--- target: httpd=2.2
#--- live: no
ErrorLog "|/usr/bin/logger -t httpd"
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ starts this by /bin/sh as root: || starts the program itself
```

## Good
### Without
```
CustomLog "|/usr/bin/rotatelogs /var/log/access.%Y 86400" "%h %t"
ErrorLog "||/usr/bin/logger -t httpd"
```

### Near miss: a pipeline of two needs one
```
CustomLog "|$/usr/bin/awk '{print $1}' | /usr/bin/logger" "%h %t"
```

## Fix
### With a shell
```
CustomLog "|/usr/bin/rotatelogs /var/log/access.%Y 86400" "%h %t"
```

## References
https://httpd.apache.org/docs/2.4/logs.html#piped
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, HttpdVersion, Safety, Severity, assumption, rule, set_value

_SPECIAL = re.compile(r"[|&;<>()$`*?\[\]#~!{}'\"\\]")
_WITHOUT = HttpdVersion(2, 2, 12)


@rule(
    code="SSL1511",
    name="log-through-shell",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/logs.html#piped",
    keys=("customlog", "transferlog", "globallog", "errorlog", "forensiclog"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "|" not in directive.text:
        return
    version = context.target.httpd
    always = version.is_old
    for word in directive.arguments[:1]:
        program = word.value
        if not program.startswith("|") or program.startswith("||") or (not always and not program.startswith("|$")):
            continue
        rest = program[1:].removeprefix("$")
        if _SPECIAL.search(rest) or version < _WITHOUT:
            continue
        sign = "||" if always else "|"
        alone = "|| starts" if always else "| alone starts"
        fix = context.fix("start the program itself", set_value(word, f"{sign}{rest}"))
        message = f"starts this by /bin/sh as root: {alone} the program itself"
        yield context.report(word, message, notes=assumption(directive), fix=fix)
