"""A module that no longer comes with this httpd

## What it does
Reports `LoadModule` lines for modules of httpd's own that earlier versions had and the target's has not:
`authz_default_module`, `disk_cache_module`, `imap_module`, `auth_module`, `tls_module` …

## Why
The file is not there, and the server does not start; or it is still there from the old version, and httpd refuses it
("API module structure … is garbled"). What the module did, others do now, or nobody does.

## Bad
### From a configuration for 2.2
```
#--- live: no
LoadModule authz_default_module modules/mod_authz_default.so
#          ^^^^^^^^^^^^^^^^^^^^ does not come with httpd 2.4...
LoadModule disk_cache_module modules/mod_disk_cache.so
#          ^^^^^^^^^^^^^^^^^ does not come with httpd 2.4...
```

### The other TLS module
```
#--- live: no
LoadModule tls_module modules/mod_tls.so
#          ^^^^^^^^^^ does not come with httpd 2.4...
```

## Good
### What this version has
```
#--- live: no
LoadModule cache_disk_module modules/mod_cache_disk.so
LoadModule access_compat_module modules/mod_access_compat.so
```

### For a server that has it
```
#--- live: no
#--- target: httpd=2.2
LoadModule authz_default_module modules/mod_authz_default.so
```

### Near miss: a module of somebody else
```
#--- live: no
LoadModule security2_module modules/mod_security2.so
```

### Near miss: in a branch for old servers
```
<IfVersion < 2.4>
    LoadModule authz_default_module modules/mod_authz_default.so
</IfVersion>
```

## Fix
### From a configuration for 2.2
```
#--- live: no
LoadModule disk_cache_module modules/mod_disk_cache.so
```

## References
https://httpd.apache.org/docs/2.4/upgrading.html
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Severity,
    assumption,
    delete_lines,
    gone_module,
    rule,
)

_NOW = {
    "access_module": "authz_host_module and access_compat_module stand for it",
    "auth_module": "auth_basic_module, authn_file_module and authz_groupfile_module stand for it",
    "auth_anon_module": "authn_anon_module stands for it",
    "auth_dbm_module": "authn_dbm_module and authz_dbm_module stand for it",
    "auth_ldap_module": "authnz_ldap_module stands for it",
    "authn_alias_module": "authn_core_module stands for it",
    "digest_module": "auth_digest_module stands for it",
    "disk_cache_module": "cache_disk_module stands for it",
    "imap_module": "imagemap_module stands for it",
    "mem_cache_module": "cache_socache_module stands for it",
    "config_log_module": "log_config_module stands for it",
    "action_module": "actions_module stands for it",
    "tls_module": "ssl_module stands for it",
}
_NEEDLESS = {
    "authz_default_module": "the core refuses by itself what nobody grants",
    "authn_default_module": "the core refuses by itself whom nobody knows",
}


@rule(
    code="SSL1602",
    name="obsolete-module",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/upgrading.html",
    keys=("loadmodule",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    version = context.target.httpd
    for word in directive.arguments[:1]:
        if gone_module(word.value, version) is None:
            continue
        needless = word.value in _NEEDLESS
        now = _NEEDLESS.get(word.value) or _NOW.get(word.value)
        message = f"does not come with httpd {version}" + (f": {now}" if now else ": the server does not start")
        fix = context.fix("take the line out", delete_lines(directive)) if needless else None
        yield context.report(word, message, notes=assumption(directive), fix=fix)
