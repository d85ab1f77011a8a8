"""A line that grows too long for httpd

## What it does
Reports lines that are longer than 16 MiB once variables and macro parameters are replaced.

## Why
httpd takes no line of that length. sslint stops replacing there, so that a hostile file costs little; what
the line says was not checked.

## Bad
### Variables that multiply
```
Define a 0123456789abcdef
Define b ${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}
Define c ${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}
Define d ${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}
Define e ${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}${d}
Define f ${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}${e}
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the line grows beyond the 16 MiB that ht...
ServerAdmin ${f}
```

## Good
### A long line of the ordinary kind
```
Define LIST "a b c d e f"
ServerAdmin "${LIST}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0025", name="line-too-long", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
