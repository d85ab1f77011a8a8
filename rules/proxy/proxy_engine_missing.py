"""Requests are passed to a TLS backend without SSLProxyEngine

## What it does
Reports `ProxyPass`, `ProxyPassMatch`, `RewriteRule … [P]`, `BalancerMember` and `SetHandler "proxy:…"` with
`https://`, `wss://` or `h2://` where no `SSLProxyEngine on` is in force for the backend.

## Why
mod_proxy then can't speak TLS: each request gets status 500, and the log says "failed to enable ssl support"
(AH01961). Neither `httpd -t` nor the start notices.

## Bad
### A whole site
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / https://127.0.0.1:8443/app1/
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (*:80) passes requests to https:// without...
</VirtualHost>
```

### TLS to the clients is another matter
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /app/>
        ProxyPass https://127.0.0.1:8443/
        #         ^^^^^^^^^^^^^^^^^^^^^^^ *:443 passes requests to https:// without SSLProxyEngine on: each gets...
    </Location>
</VirtualHost>
```

### Rewritten
```
Listen 80
RewriteEngine on
RewriteRule ^/app/(.*) https://127.0.0.1:8443/$1 [P,L]
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^ the main server passes requests to https:// without SSLProxyEngine...
```

### A member of a balancer
```
#--- live: no
Listen 80
<Proxy balancer://app>
    BalancerMember https://127.0.0.1
    #              ^^^^^^^^^^^^^^^^^ the main server passes requests to https:// without SSLProxyEngine on: each gets...
</Proxy>
ProxyPass / balancer://app/
```

### In the section of another backend
```
Listen 80
<Proxy https://other.example.org/>
    SSLProxyEngine on
</Proxy>
ProxyPass / https://127.0.0.1:8443/app1/
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the main server passes requests to https:// without SSLProxyEngine on: each...
```

## Good
### For the host
```
Listen 80
<VirtualHost *:80>
    SSLProxyEngine on
    ProxyPass / https://127.0.0.1:8443/app1/
</VirtualHost>
```

### Inherited from the main server
```
Listen 80
SSLProxyEngine on
<VirtualHost *:80>
    ProxyPass / https://127.0.0.1:8443/app1/
</VirtualHost>
```

### For the backend's section, or all
```
Listen 80
<VirtualHost *:80>
    <Proxy https://127.0.0.1:8443/app1/>
        SSLProxyEngine on
    </Proxy>
    ProxyPass / https://127.0.0.1:8443/app1/
</VirtualHost>
<VirtualHost *:80>
    <Proxy *>
        SSLProxyEngine on
    </Proxy>
    ProxyPass / https://other.example.org/
</VirtualHost>
```

### A redirect is not a proxy
```
Listen 80
RewriteEngine on
RewriteRule ^/(.*) https://www.example.org/$1 [R=301,L]
Redirect /old https://www.example.org/new
```

### A plain backend
```
Listen 80
ProxyPass / http://127.0.0.1:8080/
```

### A fragment, whose server may switch it on
```
#--- role: fragment
<VirtualHost *:80>
    ProxyPass / https://127.0.0.1:8443/app1/
</VirtualHost>
```

## Fix
### A whole site
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    SSLProxyEngine on
    ProxyPass / https://127.0.0.1:8443/app1/
</VirtualHost>
```

### TLS to the clients is another matter
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProxyEngine on
    <Location /app/>
        ProxyPass https://127.0.0.1:8443/
    </Location>
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyengine; `ap_proxy_connection_create` in proxy_util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0802",
    name="proxy-engine-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyengine",
    whole_server=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "speak TLS to backends")
