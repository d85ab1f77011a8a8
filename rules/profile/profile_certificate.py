"""A profile does not allow a certificate or its key

## What it does
Holds the certificates that can be read to the chosen profiles: the kind, size and curve of their keys, the
hash of their signature, and how long they are valid.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
Policies ask for more than libraries do: BSI TR-02102-2 wants RSA keys of 3000 bits, Mozilla's modern profile
wants ECDSA, and lifetimes shrink every year.

## Bad
### A key that is too small for the profile
```
#--- profile: bsi-tr-02102-2@2025-01
#--- pem: tls/www.pem=small.pem tls/www.key=small.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org of www.example.org (*:443) has a key of...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Another kind of key
```
#--- profile: mozilla-modern@6.0
#--- pem: tls/www.pem=small.pem tls/www.key=small.key
SSLCertificateFile tls/www.pem
#                  ^^^^^^^^^^^ the certificate for www.example.org of www.example.org (*:443) has a key of the...
SSLCertificateKeyFile tls/www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

### Valid for longer than the profile allows
```
#--- profile: mozilla-intermediate@6.0
#--- pem: tls/www.pem=long.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile tls/www.pem
    #                  ^^^^^^^^^^^ the certificate for www.example.org of www.example.org (*:443) is valid for 397...
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

## Good
### No profile is chosen
```
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### A key that is good enough
```
#--- profile: nist-sp800-52r2@2019-08 mozilla-modern@6.0
#--- pem: tls/www.pem=www.pem tls/www.key=www.key
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```

### Near miss: a certificate that nobody uses
```
#--- profile: bsi-tr-02102-2@2025-01
#--- pem: tls/www.pem=small.pem tls/www.key=small.key
Listen 80
<VirtualHost *:80>
    SSLCertificateFile tls/www.pem
    SSLCertificateKeyFile tls/www.key
</VirtualHost>
```


## Limits
Certificates are read where they lie in the trees that are looked at, others with `--check-files`. What is
in force at an authority, trust and revocation, is not known.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2004",
    name="profile-certificate",
    severity=Severity.WARNING,
    since="0.1.0",
    needs=("sslcertificatefile",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(
        server,
        context,
        "certificate-keys",
        "certificate-curves",
        "certificate-hashes",
        "certificate-days",
        "rsa-bits",
        "ec-bits",
    )
