"""A certificate for backends that the server can't load

## What it does
Reads the file of SSLProxyMachineCertificateFile, which holds the certificates that httpd shows to backends,
each with its key, where SSLProxyEngine is on.

## Why
With a key of another certificate, or an encrypted one, for which nobody is asked, the server does not start,
and `httpd -t` does not see it. A certificate further up the chain must not stand before the key. Without any
key the server starts, and shows the backends no certificate.

## Bad
### An encrypted key
```
#--- pem: tls/proxy.pem=guarded.pem
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/proxy.pem
#                              ^^^^^^^^^^^^^ /etc/apache2/tls/proxy.pem: its private key is encrypted, and nobody...
```

### Another certificate's key
```
#--- pem: tls/proxy.pem=mixed.pem
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/proxy.pem
#                              ^^^^^^^^^^^^^ /etc/apache2/tls/proxy.pem: the key is not that of the certificate: the...
```

### The issuer between certificate and key
```
#--- pem: tls/proxy.pem=both.pem
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/proxy.pem
#                              ^^^^^^^^^^^^^ /etc/apache2/tls/proxy.pem: the key is not that of the certificate: the...
```

### A certificate alone
```
#--- pem: tls/proxy.pem=alone.pem
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/proxy.pem
#                              ^^^^^^^^^^^^^ /etc/apache2/tls/proxy.pem: it holds no certificate with a private key...
```

## Good
### Certificate and key
```
#--- pem: tls/proxy.pem=pair.pem
SSLProxyEngine on
SSLProxyMachineCertificateFile tls/proxy.pem
```

### Not in use
```
#--- pem: tls/proxy.pem=alone.pem
SSLProxyMachineCertificateFile tls/proxy.pem
```

## Limits
A file outside of what sslint was pointed at is read with `--check-files` only. Lines in `<Proxy>` sections and
SSLProxyMachineCertificatePath are not looked at.

## References
`ssl_init_proxy_certs` in modules/ssl/ssl_engine_init.c; `PEM_X509_INFO_read_bio` in OpenSSL's
crypto/pem/pem_info.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, machine_certificate, machine_refusal, rule


@rule(
    code="SSL0425",
    name="unusable-proxy-certificate",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxymachinecertificatefile",
    needs=("sslproxymachinecertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told = set()
    for host in server.hosts:
        file = machine_certificate(host)
        if file is None or file.directive in told:
            continue
        told.add(file.directive)
        found = machine_refusal(file, server)
        if found is None:
            continue
        is_silent = found.kind == "none"
        effect = "backends are shown none" if is_silent else "the server does not start"
        yield context.report(
            found.file.argument,
            f"{found.file.path}: {found.why}: {effect} ({found.code})",
            severity=Severity.WARNING if is_silent else None,
        )
