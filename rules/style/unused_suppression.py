"""A comment that ignores a finding which is not there

## What it does
Reports `# sslint: ignore`, `ignore-file` and `disable` comments that silence nothing, although one
of their rules ran.

## Why
The configuration was mended and the comment stayed behind. It now waits for the next mistake of the
same kind, and hides it.

## Bad
### Nothing is wrong any more
```
# sslint: ignore[unused-suppression] no longer needed
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing here is a finding of unused-suppression
Listen 443
```

## Good
### Nothing to silence, and nothing silenced
```
Listen 443
```

## Fix
### Nothing is wrong any more
```
Listen 443
```

## Limits
Rules that were not selected are not counted: a comment for them may well be needed another time.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL1902", name="unused-suppression", severity=Severity.STYLE, since="0.1.0", fix=Safety.SAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove the comment")
