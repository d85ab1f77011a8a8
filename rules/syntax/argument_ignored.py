"""An argument that httpd ignores

## What it does
Reports words behind directives that take none, and behind the `on` or `off` of switches.

## Why
Directives that take no arguments are in truth declared to take any (`AP_INIT_NO_ARGS`), and of a switch
httpd reads the first word only (`invoke_cmd`). `SSLRequireSSL off` therefore demands TLS like
`SSLRequireSSL` does, whatever its author believes.

## Bad
### Off turns it on
```
<Directory /srv/www>
    SSLRequireSSL off
    #             ^^^ SSLRequireSSL takes no arguments, and httpd ignores this one
</Directory>
```

### Behind a switch
```
SSLHonorCipherOrder on # prefer our order
#                      ^^^^^^^^^^^^^^^^^^ SSLHonorCipherOrder is a switch: httpd reads its first word and ignores the rest
RewriteEngine on off
#                ^^^ RewriteEngine is a switch: httpd reads its first word and ignores the rest
```

## Good
### As they are meant
```
# prefer our order
SSLHonorCipherOrder on
<Directory /srv/www>
    SSLRequireSSL
</Directory>
```

### Not a switch, although it looks like one
```
Listen 443
<VirtualHost *:443>
    SSLEngine optional
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Directory /srv/www>
    Options Indexes FollowSymLinks
</Directory>
```

### Really no arguments in 1.3
```
#--- target: httpd=1.3
<Directory /srv/www>
    SSLRequireSSL off
</Directory>
```

## Fix
### Off turns it on
```
<Directory /srv/www>
    SSLRequireSSL
</Directory>
```

### Behind a switch
```
# prefer our order
SSLHonorCipherOrder on
RewriteEngine on
```

## Limits
The fix keeps what is in force. Whoever meant `off` has to remove the directive.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `AP_INIT_NO_ARGS` in include/http_config.h,
`invoke_cmd` in server/config.c
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0028",
    name="argument-ignored",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "remove what httpd ignores")
