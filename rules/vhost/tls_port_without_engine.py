"""A virtual host on the TLS port speaks plain HTTP

## What it does
Reports hosts on a socket that `Listen` opens for https (port 443, or `Listen … https`) for which nothing
switches TLS on.

## Why
Clients that open `https://` send a TLS handshake, and the server answers with an error page in plain text:
the site is down. What is worse, `http://host:443/` works, and passwords travel in the clear. The
configuration test finds nothing wrong.

## Bad
### SSLEngine forgotten
```
Listen 443
<VirtualHost *:443>
#<^^^^^^^^^^^^^^^^^ www.example.org (*:443) speaks plain HTTP on port 443: nothing switches TLS on
    ServerName www.example.org
    DocumentRoot /srv/www
</VirtualHost>
```

### Another port for https
```
Listen 8443 https
<VirtualHost _default_:8443>
#<^^^^^^^^^^^^^^^^^^^^^^^^^^ *:8443 speaks plain HTTP on port 8443: nothing switches TLS on
    DocumentRoot /srv/www
</VirtualHost>
```

### A certificate, but another address than that of Listen
```
Listen 443
<VirtualHost 192.0.2.1:443>
#<^^^^^^^^^^^^^^^^^^^^^^^^^ www.example.org (192.0.2.1:443) speaks plain HTTP on port 443: nothing switches TLS on
    ServerName www.example.org
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### Switched on
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### On by itself: Listen says https, and there is a certificate
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Switched off on purpose
```
Listen 443
<VirtualHost *:443>
    SSLEngine off
    DocumentRoot /srv/www
</VirtualHost>
```

### Plain HTTP where it belongs
```
Listen 80
Listen 8443
<VirtualHost *:80>
    DocumentRoot /srv/www
</VirtualHost>
<VirtualHost *:8443>
    DocumentRoot /srv/www
</VirtualHost>
```

### Managed by mod_md, or by another TLS module
```
#--- live: no
Listen 443
GnuTLSEnable on
<VirtualHost *:443>
    ServerName www.example.org
</VirtualHost>
```

### Near miss: nobody knows here what the variable holds
```
#--- live: no
Listen 80
Listen 443
<VirtualHost *:${PORT}>
    ServerName www.example.org
</VirtualHost>
```

### Near miss: the server ignores such an address
```
#--- live: no
Listen 80
Listen 443
<VirtualHost www.example.org:http>
    ServerName www.example.org
</VirtualHost>
```

## Fix
### A certificate, but another address than that of Listen
```
Listen 443
<VirtualHost 192.0.2.1:443>
    ServerName www.example.org
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLEngine on
</VirtualHost>
```

The fix is unsafe, since the port then speaks TLS. There is none for a host without a certificate, with which the
server would not start, and for one that is met by plain HTTP on another port.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine; `ap_setup_listeners` in server/listen.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Safety, Severity, VirtualHost, assumption, insert_at_end, rule

_OTHER_TLS = ("gnutlsenable", "nssengine", "tlsengine", "mdomain", "managedomain")
"""Directives of other modules that bring TLS, or a certificate."""


@rule(
    code="SSL0911",
    name="tls-port-without-engine",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine",
    whole_server=True,
    needs=("virtualhost",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or host.engine.directive is not None or host.engine.value is not False:
        return
    managed = any(section.key == "mdomainset" for section in context.server.main.sections)
    if managed or not context.server.is_complete or any(host.all(key) for key in _OTHER_TLS):
        return
    for socket in host.plain_sockets:
        if socket.address.has_variable:
            continue
        if socket.default is host and socket.listener is not None and socket.listener.protocol == "https":
            listen = socket.listener.directive
            yield context.report(
                host,
                f"{host.title} speaks plain HTTP on port {socket.address.port}: nothing switches TLS on",
                label="no SSLEngine on",
                related=[(listen, "this port is opened for https")] if listen is not None else [],
                notes=assumption(host.condition, listen),
                fix=_fix(host, context),
            )
            return


def _fix(host: VirtualHost, context: Context) -> Fix | None:
    """Switch TLS on where there is a certificate, and no port for plain HTTP."""
    listeners = [socket.listener for socket in host.plain_sockets]
    if host.header is None or not host.all("sslcertificatefile"):
        return None
    if any(one is None or one.protocol != "https" for one in listeners):
        return None
    edit = insert_at_end(host.header, "SSLEngine on")
    return context.fix("switch TLS on", edit) if edit is not None else None
