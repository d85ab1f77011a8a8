"""OCSP stapling has no cache

## What it does
Reports `SSLUseStapling on` where the server has no `SSLStaplingCache`.

## Why
Stapled responses are kept in a cache that all processes share, and there is none by default. `httpd -t` does
not look for it; the start ends with "SSLStapling: no stapling cache available" (AH01958). The cache belongs to
the server as a whole: in a virtual host, where guides often put it, it is a syntax error.

## Bad
### No cache at all
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLUseStapling on
    #              ^^ there is no SSLStaplingCache for the responses of www.example.org (*:443): the server does not...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched on for every host
```
Listen 443
SSLUseStapling On
#              ^^ there is no SSLStaplingCache for the responses of a.example.org (*:443) and b.example.org (*:443):...
SSLCertificateFile /etc/ssl/certs/www.pem
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
</VirtualHost>
```

## Good
### With a cache
```
#--- live: no
Listen 443
SSLStaplingCache shmcb:ssl_stapling(128000)
<VirtualHost *:443>
    SSLEngine on
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Off for the one host that speaks TLS
```
Listen 443
SSLUseStapling on
<VirtualHost *:443>
    SSLEngine on
    SSLUseStapling off
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Nobody speaks TLS
```
Listen 80
SSLUseStapling on
```

### The cache depends on what can't be known
```
#--- live: no
Listen 443
<IfDefine STAPLING>
    SSLStaplingCache shmcb:ssl_stapling(128000)
</IfDefine>
<VirtualHost *:443>
    SSLEngine on
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### No cache at all
```
Listen 443
SSLStaplingCache shmcb:ssl_stapling(128000)
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

The fix needs mod_socache_shmcb: it is safe where that is surely loaded.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstaplingcache; `ssl_stapling_init` in ssl_util_stapling.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0502",
    name="stapling-without-cache",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstaplingcache",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    safety = context.safety_with("socache_shmcb_module")
    yield context.relay(problem, "add a cache", safety=safety or Safety.MANUAL)
