r"""A condition that httpd can't evaluate

## What it does
Reports `<IfVersion>` sections with an unknown operator, something that is no version, or a broken
regular expression, and conditions without an argument.

## Why
Conditions are decided while the file is read. httpd stops at one that it can't decide.

## Bad
### The operator must be a word of its own
```
<IfVersion >=2.4>
#<^^^^^^^^^^^^^^^ >=2.4 is no version
</IfVersion>
```

### A word for an operator
```
<IfVersion about 2.4>
#<^^^^^^^^^^^^^^^^^^^ about is no comparison operator of <IfVersion>
</IfVersion>
```

### No such operator
```
<IfVersion => 2.4>
#<^^^^^^^^^^^^^^^^ => is no comparison operator of <IfVersion>
</IfVersion>
```

### No version
```
<IfVersion 2.4-dev>
#<^^^^^^^^^^^^^^^^^ 2.4-dev is no version
</IfVersion>
```

### A regular expression
```
<IfVersion ~ "^2\.(2|4">
#<^^^^^^^^^^^^^^^^^^^^^^ the regular expression ^2\.(2|4 can't be compiled...
</IfVersion>
```

### Nothing to test
```
<IfModule>
#<^^^^^^^^ <IfModule> has no argument
</IfModule>
```

## Good
### Versions and patterns
```
<IfVersion >= 2.4>
</IfVersion>
<IfVersion !< 2.4.30>
</IfVersion>
<IfVersion = /^2\.[24]\./>
</IfVersion>
<IfVersion 2.4.99>
</IfVersion>
```

### A module that nobody has is no error
```
<IfModule mod_nothing.c>
</IfModule>
```

## Limits
Regular expressions are compiled by Python's rules, not by PCRE's.

## References
https://httpd.apache.org/docs/2.4/mod/mod_version.html#ifversion; `start_ifversion` in
modules/metadata/mod_version.c, `start_cond_section` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0013",
    name="bad-condition",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_version.html#ifversion",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
