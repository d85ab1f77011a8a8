"""A variable that nobody defines

## What it does
Reports `${name}` where neither a `Define` before it nor the environment of the target's start script
gives the name a value.

## Why
httpd leaves the text as it is, warns (AH00111) and goes on: logs go to a folder that is called
`${LOGS}`, and a `Define` that misspells the name of a protocol list is not noticed until a handler
refuses the text.

## Bad
### Defined too late
```
SetEnv STAGE ${STAGE}
#            ^^^^^^^^ Config variable ${STAGE} is not defined
Define STAGE live
```

### In a path
```
Include /etc/apache2/${SITE}.conf
#                    ^^^^^^^ Config variable ${SITE} is not defined
#--- ${SITE}.conf
ServerName www.example.org
```

### A flag is not a variable
```
Define STAGE
SetEnv STAGE ${STAGE}
#            ^^^^^^^^ Config variable ${STAGE} is not defined
```

### Neither is a parameter of the command line
```
#--- defines: STAGE
SetEnv STAGE ${STAGE}
#            ^^^^^^^^ Config variable ${STAGE} is not defined
```

### Nothing protects from being replaced
```
SetEnv TEXT '${STAGE}'
#            ^^^^^^^^ Config variable ${STAGE} is not defined
```

### Removed
```
Define STAGE live
UnDefine STAGE
SetEnv STAGE ${STAGE}
#            ^^^^^^^^ Config variable ${STAGE} is not defined
```

## Good
### Near miss: who gives the flag gives the variable too
```
<IfDefine PREFIX>
    Alias "${PREFIX}/icons/" /usr/share/apache2/icons/
</IfDefine>
```

### Defined, in any case of letters, wherever it stands
```
<Directory /srv/www>
    Define Stage live
</Directory>
SetEnv STAGE ${STAGE}
```

### What Debian's start script sets
```
#--- target: debian-12
#--- live: no
ErrorLog ${APACHE_LOG_DIR}/error.log
```

### A map of mod_rewrite, a comment, a dollar
```
RewriteEngine on
RewriteMap lower int:tolower
RewriteRule ^/(.*)$ /${lower:$1} [L]
# ${STAGE} is set by the start script
SetEnv PRICE $5
```

### Servers before 2.4 leave it without a word
```
#--- target: httpd=2.2
SetEnv STAGE ${STAGE}
```

### The server around a fragment may define it
```
#--- role: fragment
SetEnv STAGE ${STAGE}
```

## Limits
Variables of the server's own environment are known from the target's preset and from an `envvars` file
that the settings name.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#define; `ap_resolve_env` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0014",
    name="undefined-variable",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#define",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
