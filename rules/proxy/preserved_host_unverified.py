"""A backend's certificate is compared with the site's name

## What it does
Reports backends by TLS, on other machines, for which `ProxyPreserveHost` is on while the backend's own name is none of
the host's names.

## Why
With `ProxyPreserveHost On`, the request's Host is what httpd asks the backend for in the handshake (SNI), and what it
compares the certificate with. A backend that has a certificate for its own name only is refused: status 500, "Error
during SSL Handshake with remote server" (AH00898); one that chooses by SNI answers for a site that it does not know.
The certificate must be for the site's name, or the name must not be passed on.

## Bad
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProxyEngine on
    ProxyPreserveHost On
    ProxyPass / https://app.internal.example/
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ProxyPreserveHost asks app.internal.example for a certificate for...
</VirtualHost>
```

## Good
### The backend is called by its own name
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProxyEngine on
    ProxyPass / https://app.internal.example/
</VirtualHost>
```

### No name is compared
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProxyEngine on
    SSLProxyCheckPeerName off
    ProxyPreserveHost On
    ProxyPass / https://app.internal.example/
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost; `proxy_http_handler`, `ssl_io_filter_handshake`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, rule

from ._sides import tls_backends


@rule(
    code="SSL0826",
    name="preserved-host-unverified",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost",
    whole_server=True,
    needs=("proxypreservehost",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for backend, side in tls_backends(server):
        host = backend.host
        if host.keyword("proxypreservehost") != "on" or not side.checks_name.value or host is not side.host:
            continue
        if host.name and not host.answers_to(backend.machine):
            yield context.report(
                backend.argument,
                f"ProxyPreserveHost asks {backend.machine} for a certificate for {host.name}",
                notes=assumption(backend.directive, host.condition),
            )
