"""Anybody may use the server as a proxy

## What it does
Reports `ProxyRequests On` where no access control for `<Proxy *>` keeps strangers out.

## Why
A forward proxy fetches whatever its clients name. One that is open to all is found within hours, and is used to
send spam, to attack others in the server's name, and to reach the machines behind it. A `<Directory />` or a
`<Location />` that denies everything does not help: what is proxied is no file, and its URL begins with `http://`.
To pass requests to backends of one's own (`ProxyPass`), `ProxyRequests` must stay `Off`.

## Bad
### Nothing restricts it
```
Listen 80
ProxyRequests On
#             ^^ the main server is an open proxy: anybody may send requests to anywhere through it
```

### Granted to all
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyRequests On
    #             ^^ www.example.org (*:80) is an open proxy: anybody may send requests to anywhere through it
    <Proxy *>
        Require all granted
    </Proxy>
</VirtualHost>
```

### A Location for all paths: what is asked of a proxy is a whole URL
```
Listen 80
ProxyRequests On
#             ^^ the main server is an open proxy: anybody may send requests to anywhere through it
<Location />
    Require ip 192.168
</Location>
```

## Good
### Off, as by default
```
Listen 80
ProxyRequests Off
<Proxy *>
    Require all granted
</Proxy>
ProxyPass / http://127.0.0.1:8080/
```

### For one's own network
```
Listen 80
ProxyRequests On
<Proxy *>
    Require ip 192.168
</Proxy>
```

### With a login
```
Listen 80
ProxyRequests On
<Proxy *>
    AuthType Basic
    AuthName proxy
    AuthUserFile /etc/apache2/users
    Require valid-user
</Proxy>
```

### Nobody else gets there
```
Listen 127.0.0.1:3128
ProxyRequests On
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests; CIS Apache HTTP Server 2.4 Benchmark 2.6
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Reach, Severity, VirtualHost, Where, assumption, rule, usable

_ANYWHERE = "http://www.example.com/"


@rule(
    code="SSL0817",
    name="open-proxy",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests",
    whole_server=True,
    needs=("proxyrequests",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    for line in usable(host.own.get("proxyrequests", ()))[-1:]:
        users = (one for one in context.server.hosts if one.winner("proxyrequests") is line)
        is_on = line.keyword == "on"
        user = next((one for one in users if _is_open(one)), None) if is_on and context.server.is_complete else None
        if user is not None:
            yield context.report(
                line.arguments[0],
                f"{user.title} is an open proxy: anybody may send requests to anywhere through it",
                notes=["Write ProxyRequests Off; ProxyPass does not need it.", *assumption(line, host.condition)],
            )


def _is_open(host: VirtualHost) -> bool:
    """Whether strangers may have a host fetch something."""
    sockets = [one for one in host.sockets if not one.address.is_loopback]
    access = Reach.of(host.server).access(host, Where(_ANYWHERE, None, backend=_ANYWHERE))
    return bool(sockets) and access.lets_anybody_in(tls=bool(host.is_tls))
