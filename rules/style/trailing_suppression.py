"""A comment for sslint behind a directive

## What it does
Reports `# sslint: …` at the end of a directive's line.

## Why
httpd has no comments there. It reads the words as further arguments, and most directives then refuse to
start the server; behind a section's `>` it overlooks them. Either way nothing is silenced: a comment for
sslint has a line of its own, above the directive that it is about.

## Bad
### Behind a directive
```
ServerAdmin root@example.org # sslint: ignore[unexplained-suppression]
#                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ httpd has no comments behind a directive...
```

### Behind a section's start
```
<Directory /srv> # sslint: ignore[unexplained-suppression]
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ httpd has no comments behind a directive, and...
</Directory>
```

## Good
### On a line of its own
```
# sslint: ignore[style] told in March
ServerAdmin root@example.org
```

### In quotes it is an argument
```
#--- modules: headers_module
Header set X-Note "# sslint: seen"
```

## Fix
### Behind a directive
```
# sslint: ignore[unexplained-suppression]
ServerAdmin root@example.org
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(code="SSL1903", name="trailing-suppression", severity=Severity.ERROR, since="0.1.0", fix=Safety.SAFE)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "give the comment a line of its own")
