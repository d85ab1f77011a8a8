"""A comment for sslint that can't be understood

## What it does
Reports comments that begin with `sslint:` and say nothing that sslint can follow: an unknown
instruction, a rule that does not exist, a list that is missing, or a place where they do nothing.

## Why
A comment that is meant to silence a finding, and does not, leaves its author in the belief that
the matter is settled. Behind a directive it is worse: httpd has no comments there, and reads the
words as arguments.

## Bad
### A rule that does not exist
```
# sslint: ignore[weak-ssl-protocl] the printers need it
#                ^^^^^^^^^^^^^^^^ no rule or family is called 'weak-ssl-protocl'...
SSLProtocol all
```

### No rule at all
```
# sslint: ignore
#<^^^^^^^^^^^^^^ ignore names no rule...
SSLProtocol all
```

### An instruction that does not exist
```
# sslint: ignroe[unused-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'ignroe' is no instruction: did you mean ignore?
SSLProtocol all
```

### A comment for the whole file in its middle
```
SSLProtocol all
# sslint: ignore-file[unused-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignore-file must stand before the file's first directive
```

### Nothing to enable
```
# sslint: enable[unused-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ enable without a disable in the same section
```

### Behind a directive
```
SSLProtocol all # sslint: ignore[unused-suppression]
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ httpd has no comments behind a directive...
```

## Good
### On a line of its own
```
# sslint: ignore[unused-suppression] kept for the next migration
SSLProtocol all
```

### A comment that only talks about sslint
```
# checked with sslint 0.1.0
SSLProtocol all
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL1901", name="invalid-suppression", severity=Severity.WARNING, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
