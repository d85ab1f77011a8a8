"""A line that grows beyond all measure

## What it does
Reports lines that grow beyond 16 MiB when their variables or macro parameters are replaced; they are
not read.

## Why
httpd takes lines of 16 MiB, continuations joined (VARBUF_MAX_LEN); what variables add is not counted,
so that a few lines can make it eat all memory. Nobody means that.

## Bad
### Each line doubles the one before
```
#--- live: no
Define V0 0123456789abcdef
Define V1 ${V0}${V0}
Define V2 ${V1}${V1}
Define V3 ${V2}${V2}
Define V4 ${V3}${V3}
Define V5 ${V4}${V4}
Define V6 ${V5}${V5}
Define V7 ${V6}${V6}
Define V8 ${V7}${V7}
Define V9 ${V8}${V8}
Define V10 ${V9}${V9}
Define V11 ${V10}${V10}
Define V12 ${V11}${V11}
Define V13 ${V12}${V12}
Define V14 ${V13}${V13}
Define V15 ${V14}${V14}
Define V16 ${V15}${V15}
Define V17 ${V16}${V16}
Define V18 ${V17}${V17}
Define V19 ${V18}${V18}
Define V20 ${V19}${V19}
#<^^^^^^^^^^^^^^^^^^^^^ the line grows beyond the 16 MiB...
```

## Good
### Long, and no longer
```
Define V0 0123456789abcdef
Define V1 ${V0}${V0}
Define V2 ${V1}${V1}
Define V3 ${V2}${V2}
SetEnv LONG ${V3}${V3}
```

## Limits
How long a line is in its file is not measured.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_cfg_getline_core` in server/util.c and
`ap_resolve_env` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0025",
    name="line-too-long",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/configuring.html",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
