"""The file for DHParameters holds none

## What it does
Reports `SSLOpenSSLConfCmd DHParameters` with a file that was read and has no parameters in PEM form, or none of the
kind that the library takes.

## Why
`httpd -t` only sees that the file is there and not empty. The start hands it to the library, which refuses it
(AH02407). OpenSSL 3 also refuses X9.42 parameters, which `openssl dhparam -dsaparam` writes; OpenSSL 1 took them.

## Bad
### A certificate
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd DHParameters tls/www.pem
    #                              ^^^^^^^^^^^ /etc/apache2/tls/www.pem: it holds no DH parameters in PEM form: the...
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```
### Made by dhparam -dsaparam, for OpenSSL 3
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/dh.pem=dh.pem
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd DHParameters tls/dh.pem
    #                              ^^^^^^^^^^ /etc/apache2/tls/dh.pem: OpenSSL 3 takes no X9.42 DH parameters, as...
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### Parameters
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/dh.pem=ffdhe.pem
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd DHParameters tls/dh.pem
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### OpenSSL 1.1.1 takes the older kind, too
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key tls/dh.pem=dh.pem
#--- target: httpd=2.4.54 openssl=1.1.1
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd DHParameters tls/dh.pem
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```
### A file that was not read
```
#--- live: no
#--- outside: /etc/ssl
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd DHParameters /etc/ssl/dh.pem
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
SSL_CONF_cmd(3); `cmd_DHParameters` in OpenSSL's ssl/ssl_conf.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0304",
    name="dh-file-refused",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
