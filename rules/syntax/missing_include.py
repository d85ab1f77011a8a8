"""An Include that finds nothing

## What it does
Reports `Include` lines whose file does not exist, or whose pattern matches nothing.

## Why
httpd does not start when an `Include` finds nothing. `IncludeOptional` is the directive that may.
Nothing of what should have been read is checked either, so sslint never calls such a configuration
clean.

## Bad
### A file
```
Include /etc/apache2/tls.conf
#       ^^^^^^^^^^^^^^^^^^^^^ /etc/apache2/tls.conf does not exist
```

### A pattern
```
Include /etc/apache2/sites-enabled/*.conf
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing in /etc/apache2/sites-enabled matches *.conf
#--- sites-enabled/www.conf.bak
AddDefaultCharset off
```

### The folder of a pattern
```
Include /etc/apache2/sites-enabled/*.conf
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the folder /etc/apache2/sites-enabled does not exist
```

### Braces are no pattern
```
Include /etc/apache2/{tls,log}.conf
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ /etc/apache2/{tls,log}.conf does not exist
#--- tls.conf
SSLHonorCipherOrder on
#--- log.conf
LogLevel warn
```

### A path is relative to ServerRoot, not to the file that includes
```
#--- target: debian-12
Include /etc/apache2/conf.d/all.conf
#--- conf.d/all.conf
Include tls.conf
#       ^^^^^^^^ /etc/apache2/tls.conf does not exist
#--- conf.d/tls.conf
SSLHonorCipherOrder on
```

### Wildcards in a folder's name before 2.4
```
#--- target: httpd=2.2
Include /etc/apache2/*/tls.conf
#       ^^^^^^^^^^^^^^^^^^^^^^^ Wildcard patterns not allowed in Include...
#--- conf.d/tls.conf
SSLHonorCipherOrder on
```

### Beside a fragment, nobody knows where
```
#--- role: fragment
Include conf.d/tls.conf
#       ^^^^^^^^^^^^^^^ this file was not read: its path is relative to the ServerRoot, which is unknown here
```

## Good
### Optional
```
IncludeOptional /etc/apache2/sites-enabled/*.conf
IncludeOptional /etc/apache2/tls.conf
```

### Found, by a pattern and as a folder
```
Include /etc/apache2/conf.d/*.conf
Include /etc/apache2/sites
#--- conf.d/tls.conf
SSLHonorCipherOrder on
#--- sites/www
AddDefaultCharset off
```

### Before 2.4 a pattern might find nothing
```
#--- target: httpd=2.2
Include /etc/apache2/conf.d/*.conf
```

### In a branch that is not taken
```
<IfVersion < 2.4>
    Include /etc/apache2/old.conf
</IfVersion>
```

## Limits
Files that a package or a script puts in place later are missing all the same where sslint runs; a path
map tells where the server's folders lie here. In a fragment whose server is unknown, nobody knows what a
relative path means: the finding is only a remark there.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#include; `ap_process_fnmatch_configs` in
server/config.c, `ap_dir_nofnmatch` and `ap_dir_fnmatch` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule

from ._includes import not_followed


@rule(
    code="SSL0017",
    name="missing-include",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#include",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield not_followed(problem, context)
