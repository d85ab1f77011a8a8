"""A profile does not allow the groups or parameters for key exchange

## What it does
Holds the groups that handshakes can use, and the size of Diffie-Hellman parameters where some suite uses
them, to the chosen profiles.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
Groups are seldom named in a configuration, so that the library's default counts, and that changes: OpenSSL
3.5 brought hybrid post-quantum groups. Policies differ here more than anywhere: BSI TR-02102-2 does not list
X25519, Mozilla puts it first.

## Bad
### The default of the library
```
#--- profile: bsi-tr-02102-2@2025-01
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ the groups X25519, X448, ffdhe2048, ffdhe6144 and ffdhe8192 are offered by www.example.org...
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A list that lacks what a profile wants
```
#--- profile: nist-sp800-52r2@2019-08
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Curves X25519:X448
    #                        ^^^^^^^^^^^ none of the groups prime256v1 and secp384r1 is offered by www.example.org...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Small parameters for Diffie-Hellman
```
#--- profile: rfc-9325@2022-11
#--- target: httpd=2.4.3 openssl=1.0.1
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ the Diffie-Hellman parameters of www.example.org (*:443) have 1024 bits: rfc-9325@2022-11 (RFC...
    #         ^^ the group X25519 is not offered by www.example.org (*:443): rfc-9325@2022-11 (RFC 9325 4.2.1)...
    SSLProtocol -all +TLSv1.2
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### No profile is chosen
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves X448
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The groups that the profile lists
```
#--- profile: bsi-tr-02102-2@2025-01
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves prime256v1:secp384r1:secp521r1:brainpoolP256r1
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: one curve by another name
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd Curves x25519:P-256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A list that lacks what a profile wants
```
#--- profile: nist-sp800-52r2@2019-08
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Curves prime256v1:secp384r1:X25519:X448
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
Parameters are known where they are built in, derived from an RSA key that can be read, or stand in a file
that can be read.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2003",
    name="profile-key-exchange",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    needs=("tls", "sslopensslconfcmd"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(server, context, "groups", "dh-bits")
