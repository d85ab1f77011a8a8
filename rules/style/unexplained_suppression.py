"""A finding is ignored, and nobody says why

## What it does
Reports `# sslint: ignore`, `ignore-file` and `disable` comments that give no reason. It runs when it is selected,
as by `--require-ignore-reason`.

## Why
Whoever finds the comment in two years must know whether it still holds: until when, for which clients, on whose
word. Without that, nobody dares to take it out.

## Bad
### No reason
```
# sslint: ignore[style]
#<^^^^^^^^^^^^^^^^^^^^^ nobody will know why this is ignored: write the reason behind the brackets
ServerAdmin root@example.org
```

## Good
### With one
```
# sslint: ignore[style] for the printers on the second floor, until they are replaced in 2027
ServerAdmin root@example.org
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL1904", name="unexplained-suppression", severity=Severity.WARNING, since="0.1.0", default=False)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
