"""A macro that can't be defined or used like this

## What it does
Reports macros without a name, with two parameters of one name, or that use themselves, and `Use` lines
without a name or with another number of values than the macro has parameters.

## Why
httpd refuses each of them and does not start.

## Bad
### A value is missing
```
<Macro Directory $path $override>
    <Directory $path>
        AllowOverride $override
    </Directory>
</Macro>
Use Directory /srv/www
#<^^^^^^^^^^^^^^^^^^^^ macro 'Directory' takes 2 arguments, and is given 1
```

### A blank that is not quoted makes two values
```
<Macro Admin $who>
    ServerAdmin $who
</Macro>
Use Admin The Webmaster
#<^^^^^^^^^^^^^^^^^^^^^ macro 'Admin' takes 1 argument, and is given 2
```

### One name twice
```
<Macro Alias $from $from>
#                  ^^^^^ macro 'Alias' (defined on line 1): duplicate parameter $from
    Redirect $from $from
</Macro>
```

### A macro that uses itself
```
<Macro Charset>
    Use Charset
    #   ^^^^^^^ recursive use of macro 'Charset' is invalid
</Macro>
Use Charset
```

### No name
```
<Macro>
#<^^^^^ macro definition: name not specified
</Macro>
```

## Good
### As many values as parameters
```
<Macro Admin $who>
    ServerAdmin "$who"
</Macro>
Use Admin "The Webmaster"
```

### Defined again: the last one holds
```
<Macro Charset>
    AddDefaultCharset on
</Macro>
<Macro Charset $name>
    AddDefaultCharset $name
</Macro>
Use Charset utf-8
```

## Limits
The flags and directives that Debian adds to mod_macro (`<Macro/IgnoreEmptyArgs …>`) are not known.

## References
https://httpd.apache.org/docs/2.4/mod/mod_macro.html; `macro_section` and `use_macro` in
modules/core/mod_macro.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0016",
    name="bad-macro",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_macro.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
