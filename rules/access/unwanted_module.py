"""A module is loaded that a policy does not want

## What it does
Reports `LoadModule` lines for modules on the list.

## Why
What is not loaded can't be attacked, nor be switched on by a line in a `.htaccess` file.

## Bad
### On the list
```
#--- live: no
Listen 80
LoadModule dav_module modules/mod_dav.so
#          ^^^^^^^^^^ dav_module is loaded, which the policy does not want
LoadModule dir_module modules/mod_dir.so
```

## Good
### Others
```
#--- live: no
Listen 80
LoadModule dir_module modules/mod_dir.so
```

## Options
`modules`: the modules that are not wanted; by default those of CIS 2.3 to 2.9.

## References
CIS Apache HTTP Server 2.4 Benchmark 2.3 to 2.9; DISA STIG V-214238, V-214241, V-214245
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, assumption, rule


@rule(
    code="SSL1336",
    name="unwanted-module",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule",
    keys=("loadmodule",),
    options={
        "modules": (
            "dav_module",
            "dav_fs_module",
            "status_module",
            "autoindex_module",
            "proxy_module",
            "proxy_ajp_module",
            "proxy_balancer_module",
            "proxy_connect_module",
            "proxy_ftp_module",
            "proxy_http_module",
            "userdir_module",
            "info_module",
            "auth_basic_module",
            "auth_digest_module",
        )
    },
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments[:1]:
        if word.value.lower() in context.option("modules", tuple):
            message = f"{word.value} is loaded, which the policy does not want"
            yield context.report(word, message, notes=assumption(directive))
