"""An IfModule that is false because the module's name is misspelt

## What it does
Reports `<IfModule>` with a name that no module has and that is one slip, or another form, away from a module's:
`mod_ssl.so`, `mod_ssl`, `ssl`, `mod_SSL.c`, `mod_hedaers.c`.

## Why
`<IfModule>` compares with the name of the source file (`mod_ssl.c`) or the identifier (`ssl_module`), letter by
letter. Anything else is false, without a word: all TLS settings, headers or access rules inside are left out, and
the server starts. After a `!` it is the other way round.

## Bad
### The name of the file that is loaded
```
<IfModule mod_ssl.so>
    #     ^^^^^^^^^^ no module is called mod_ssl.so: httpd leaves out what stands here; mod_ssl.c is meant
    SSLProtocol -all +TLSv1.3
</IfModule>
```

### Without the ending
```
<IfModule mod_headers>
    #     ^^^^^^^^^^^ no module is called mod_headers: httpd leaves out what stands here; mod_headers.c is meant
    Header always set Strict-Transport-Security "max-age=63072000"
</IfModule>
```

### Capitals, and a slip
```
<IfModule mod_SSL.c>
    #     ^^^^^^^^^ no module is called mod_SSL.c: httpd leaves out what stands here; mod_ssl.c is meant
    SSLProtocol -all +TLSv1.3
</IfModule>
<IfModule hedaers_module>
    #     ^^^^^^^^^^^^^^ no module is called hedaers_module: httpd leaves out what stands here; headers_module is meant
    Header always set Strict-Transport-Security "max-age=63072000"
</IfModule>
```

### Denied
```
<IfModule !mod_authz_core>
    #      ^^^^^^^^^^^^^^ no module is called mod_authz_core: httpd reads this in any case; mod_authz_core.c is meant
    SetEnv OLD 1
</IfModule>
```

## Good
### Both forms
```
<IfModule mod_ssl.c>
    SSLProtocol -all +TLSv1.3
</IfModule>
<IfModule !headers_module>
    SetEnv HEADERS no
</IfModule>
```

### Somebody's own module
```
<IfModule mod_example_shop.c>
    SetEnv SHOP 1
</IfModule>
<IfModule mod_php9.c>
    SetEnv PHP 9
</IfModule>
```

## Fix
### The name of the file that is loaded
```
<IfModule mod_ssl.c>
    SSLProtocol -all +TLSv1.3
</IfModule>
```

### Denied
```
<IfModule !mod_authz_core.c>
    SetEnv OLD 1
</IfModule>
```

The fix is unsafe: lines that were left out come into force.

## References
https://httpd.apache.org/docs/2.4/mod/core.html#ifmodule; `test_ifmod_section` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0039",
    name="ifmodule-wrong-name",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#ifmodule",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write the module's name")
