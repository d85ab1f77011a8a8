"""An end tag that does not fit the section that is open

## What it does
Reports end tags that close nothing, and sections that are still open when the end of another one
comes. In a branch that is not taken, httpd pairs the names too, and so does this rule.

## Why
httpd reads no further: "Expected </A> but saw </B>", or "</A> without matching <A> section". The whole
configuration is refused for it before any directive is looked at.

## Bad
### Nothing is open
```
AddDefaultCharset off
</Directory>
#<^^^^^^^^^^ </Directory> without matching <Directory> section
```

### Crossed
```
<Directory /srv/www>
    <Files "*.inc">
    #<^^^^^^^^^^^^^ Expected </Files> but saw </Directory>
        AllowMethods GET
</Directory>
```

### A section that begins inside a condition must end there
```
<IfModule mod_ssl.c>
    <Location /private>
    #<^^^^^^^^^^^^^^^^^ Expected </Location> but saw </IfModule>
</IfModule>
</Location>
#<^^^^^^^^^ </Location> without matching <Location> section
```

### Closed in another file
```
Include /etc/apache2/end.conf
#--- end.conf
</Directory>
#<^^^^^^^^^^ </Directory> without matching <Directory> section
```

### Even where the branch is not taken
```
<IfVersion < 2.4>
    </Directory>
    #<^^^^^^^^^^ </directory> closes nothing in this <ifversion>
</IfVersion>
```

## Good
### Nested
```
<IfModule mod_ssl.c>
    <Directory /srv/www>
        <Files "*.inc">
            SSLRequireSSL
        </Files>
    </Directory>
</IfModule>
```

### Any name will do where the branch is not taken
```
<IfVersion < 2.4>
    <NoSuchSection>
    </NoSuchSection>
</IfVersion>
```

## References
https://httpd.apache.org/docs/2.4/sections.html; `ap_build_config_sub` and `ap_soak_end_container` in
server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0010",
    name="mismatched-section",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/sections.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
