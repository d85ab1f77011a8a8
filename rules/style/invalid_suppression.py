"""A comment for sslint that can't be understood

## What it does
Reports comments that begin with `sslint:` and say nothing that sslint can follow: an unknown
instruction, a rule that does not exist, a list that is missing, or a place where they do nothing.
(Those behind a directive are `trailing-suppression`'s.)

## Why
A comment that is meant to silence a finding, and does not, leaves its author in the belief that
the matter is settled. Behind a directive it is worse: httpd has no comments there, and reads the
words as arguments.

## Bad
### A rule that does not exist
```
# sslint: ignore[unexplained-supression] the printers need it
#                ^^^^^^^^^^^^^^^^^^^^^^ no rule or family is called 'unexplained-supression'...
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
# sslint: ignroe[unexplained-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'ignroe' is no instruction: did you mean ignore?
SSLProtocol all
```

### A comment for the whole file in its middle
```
SSLProtocol all
# sslint: ignore-file[unexplained-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignore-file must stand before the file's first directive
```

### Nothing to enable
```
# sslint: enable[unexplained-suppression]
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ enable without a disable in the same section
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

## Fix
### A rule that does not exist
```
# sslint: ignore[unexplained-suppression] the printers need it
SSLProtocol all
```

### An instruction that does not exist
```
# sslint: ignore[unexplained-suppression]
SSLProtocol all
```

### A comment for the whole file in its middle
```
# sslint: ignore-file[unexplained-suppression]
SSLProtocol all
```

### Nothing to enable
```
```

A comment that names no rule gets the names of what is found there. The fixes are guesses at what was meant, and
make comments silence findings: they are applied with `--unsafe-fixes` only.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL1901", name="invalid-suppression", severity=Severity.WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
