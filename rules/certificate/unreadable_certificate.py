"""A certificate or key file that the server can't load

## What it does
Reads the certificate, chain and key files of each TLS host as OpenSSL does, and reports those that hold
nothing of the kind, or a damaged block.

## Why
`httpd -t` looks only whether the files are there. A start or a restart then fails, for all hosts.

## Bad
### No certificate in it
```
#--- pem: tls/www.pem=text.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ /etc/apache2/tls/www.pem: it holds no certificate in PEM form: the server doe...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A damaged block
```
#--- pem: tls/www.pem=garbled.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ /etc/apache2/tls/www.pem: bad base64 in the block CERTIFICATE: the server doe...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### The certificate in the key's place
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.pem
    #                     ^^^^^^^^^^^ /etc/apache2/tls/www.pem: it holds no private key: the server does not sta...
</VirtualHost>
```

### No key anywhere
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ /etc/apache2/tls/www.pem: it holds no private key: the server does not start...
</VirtualHost>
```

## Good
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Text around the blocks
```
#--- pem: tls/both.pem=both.pem
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/both.pem
</VirtualHost>
```

### A file that may not be read
```
#--- outside: /etc/apache2/tls
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Limits
A file outside of what sslint was pointed at is read with `--check-files` only; a file that is missing is
reported with `--check-files`, and by missing-file with `--check-environment`. Where certificate data is
well-formed and still can't be read here, nothing is said.

## References
`ssl_init_server_certs` in modules/ssl/ssl_engine_init.c; `PEM_read_bio_ex` in OpenSSL's crypto/pem/pem_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Refusal, Server, Severity, rule

from ._uses import uses


@rule(
    code="SSL0401",
    name="unreadable-certificate",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server, loaded=True):
        for one in use.pair.refusals:
            why = _why(one, server)
            if why:
                message = f"{one.file.path}: {why}"
                yield context.report(one.file.argument, message, label=f"for {use.whose}", notes=use.notes)


def _why(refusal: Refusal, server: Server) -> str:
    """What is wrong with the file; nothing where that is for other rules, or not known."""
    if refusal.kind == "missing":
        return "it does not exist, and httpd refuses the line" if server.material.demanded else ""
    return f"{refusal.why}: {refusal.effect}" if refusal.kind == "refused" else ""
