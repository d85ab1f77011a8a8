"""The target's OpenSSL does not have a group

## What it does
Reports groups in `SSLOpenSSLConfCmd Groups`, `Curves` or `ECDHParameters` that the target's library does not
know, or that it takes for named twice.

## Why
One unknown name refuses the whole list, and the server does not start (AH02407); `httpd -t` says "Syntax OK".
Lists are copied from advice for a newer library: `X25519MLKEM768` came with OpenSSL 3.5, `?` for "skip what
you don't know" with 3.3.

## Bad
### A hybrid group before its time
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519:P-256
    #                        ^^^^^^^^^^^^^^ Not a group of OpenSSL 3.0: 'X25519MLKEM768', set for www.example.org...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A question mark that the library does not understand
```
#--- target: debian-12
Listen 443
SSLOpenSSLConfCmd Curves P-256:?X25519MLKEM768
#                              ^^^^^^^^^^^^^^^ Not a group of OpenSSL 3.0: '?X25519MLKEM768', set for *:443: the...
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Capitals matter to OpenSSL 1.1.1
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves x25519:p-256
    #                        ^^^^^^ Not a group of OpenSSL 1.1.1: 'x25519', set for *:443: the server does not...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Two names of one group
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups P-256:prime256v1
    #                              ^^^^^^^^^^ The group prime256v1 is named twice, set for *:443: the server does not...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A later line does not save it
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd ECDHParameters P-256:P-384
    #                                ^^^^^^^^^^^ ECDHParameters takes a single group, set for *:443: the server does...
    SSLOpenSSLConfCmd Groups P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### The library of its time
```
#--- target: debian-13
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Names in small letters are fine since 3.0
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups x25519:secp521r1
    SSLOpenSSLConfCmd ECDHParameters Automatic
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### No TLS, no library
```
#--- target: debian-12
Listen 80
SSLOpenSSLConfCmd Groups X25519MLKEM768
```

## Fix
### A hybrid group before its time
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Two names of one group
```
#--- target: debian-12
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Groups P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
SSL_CONF_cmd(3); `tls1_set_groups_list` in OpenSSL's ssl/t1_lib.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0302",
    name="group-unknown-for-target",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "leave the group out")
