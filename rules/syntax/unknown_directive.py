"""A directive that httpd does not know

## What it does
Reports names that no directive has, and directives that the target's httpd has not yet or has no longer.
Names that are spelt nearly right come with a suggestion, old ones with what replaced them.

## Why
httpd stops at the first name that it does not know: the server does not start, and a reload fails.

## Bad
### A slip of the pen
```
ServerNmae www.example.org
#<^^^^^^^^ Invalid command 'ServerNmae': httpd 2.4.71 does not know it and will not start
```

### Gone since httpd 2.4
```
SSLMutex sem
#<^^^^^^ Invalid command 'SSLMutex': httpd 2.4.71 does not know it and will not start
```

### A section
```
<VirtualHots *:80>
#<^^^^^^^^^^ Invalid command '<VirtualHots': httpd 2.4.71 does not know it and will not start
</VirtualHots>
```

## Good
### Any capitals
```
servername www.example.org
```

### Under a condition that does not hold
```
<IfModule mod_made_up.c>
  MadeUpDirective on
</IfModule>
```

### In the version that has it
```
#--- target: httpd=2.2
SSLMutex sem
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0001", name="unknown-directive", severity=Severity.ERROR, since="0.1.0", rejected=True)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
