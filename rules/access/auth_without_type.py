"""A login is required, and no AuthType says how

## What it does
Reports `Require valid-user`, `Require user` and other lines that only a user meets, in sections whose requests
meet no `AuthType`.

## Why
Nobody asks for a name and a password then. Each request gets status 500, and the log says "Authentication not
configured?" (AH00027); `httpd -t` and the start say nothing.

## Bad
### Nothing but Require
```
Listen 80
<Location /private>
    Require valid-user
    #       ^^^^^^^^^^ Require valid-user without AuthType: every request for <Location /private> gets status 500...
</Location>
```

### The password file alone
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html/private>
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require user anna bert
    #       ^^^^^^^^^^^^^^ Require user anna bert without AuthType: every request for <Directory...
</Directory>
```

## Good
### All that is needed
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

### The folder above has it
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
</Directory>
<Directory /var/www/html/private>
    Require valid-user
</Directory>
```

### Everybody gets in anyhow, or nobody
```
Listen 80
<Location /open>
    Require valid-user
    Require all granted
</Location>
<Location /closed>
    <RequireAll>
        Require valid-user
        Require all denied
    </RequireAll>
</Location>
```

### An address will do, too
```
Listen 80
<Location /private>
    Require valid-user
    Require ip 10.0.0.0/8
</Location>
```

### A .htaccess file may say it
```
Listen 80
DocumentRoot /var/www/html
<Directory /var/www/html>
    AllowOverride AuthConfig
    Require valid-user
</Directory>
```

### A certificate makes the user
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
    SSLUserName SSL_CLIENT_S_DN_CN
    <Location />
        Require valid-user
    </Location>
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authtype; `ap_process_request_internal` in server/request.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL1302",
    name="auth-without-type",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authn_core.html#authtype",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
