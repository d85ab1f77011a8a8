"""A section that is never closed

## What it does
Reports sections that are still open where their file ends: each included file must close what it opens.
A condition such as `<IfModule>` is reported here if it is false, a `<Macro>` always.

## Why
httpd reads no further: "was not closed", or "Expected </IfModule> before end of configuration".

## Bad
### The end is missing
```
<Directory /srv/www>
#<^^^^^^^^^^^^^^^^^^ <Directory> was not closed.
    AllowOverride None
```

### The including file can't close it
```
Include /etc/apache2/begin.conf
    AllowOverride None
#--- begin.conf
<Directory /srv/www>
#<^^^^^^^^^^^^^^^^^^ <Directory> was not closed.
```

### All on one line
The section's argument goes up to the last `>`.
```
<Directory /srv/www>AllowOverride None</Directory>
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ <Directory> was not closed.
```

### A condition that is false
```
<IfVersion < 2.4>
#<^^^^^^^^^^^^^^^ Expected </IfVersion> before end of configuration
    NameVirtualHost *:443
```

### A macro
```
<Macro Plain $name>
#<^^^^^^^^^^^^^^^^^ macro 'Plain': expected </Macro> before end of configuration
    ServerAlias $name
```

## Good
### Closed, in any case of letters
```
<Directory /srv/www>
    AllowOverride None
</DIRECTORY>
```

### One macro opens what another closes
Text that `Use` brings in need not be balanced by itself.
```
<Macro Begin $path>
    <Directory $path>
</Macro>
<Macro End>
    </Directory>
</Macro>
Use Begin /srv/www
    AllowOverride None
Use End
```

## Limits
A true condition that is never closed is no error to httpd, see unclosed-condition.

## References
https://httpd.apache.org/docs/2.4/sections.html; `ap_build_config` and `ap_soak_end_container` in
server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0008",
    name="unclosed-section",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
