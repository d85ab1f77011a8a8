r"""A profile does not allow the cipher suites that are offered

## What it does
Evaluates the cipher lists in force as the target's OpenSSL does, keeps what protocol versions, keys and
security level leave, and holds the suites to the chosen profiles: by name, or by what they are made of.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
Whether `HIGH:!aNULL` keeps a policy can't be read off it: that depends on the library's version, on what
mod_ssl adds, and on the server's keys. Regular expressions over the text pass lists that break the policy
and fail others that keep it.

## Bad
### Suites that the profile does not list
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCipherSuite ECDHE+AESGCM:ECDHE-RSA-AES256-SHA
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cipher suite ECDHE-RSA-AES256-SHA is offered by...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### A benchmark that wants forward secrecy
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
SSLCipherSuite ECDHE+AESGCM:AES256-GCM-SHA384
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cipher suite AES256-GCM-SHA384 is offered by a.example.org...
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/a.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
```

### A suite of TLS 1.3
```
#--- profile: nist-sp800-52r2@2019-08
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the TLS 1.3 cipher suite...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### No profile is chosen
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ALL
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Mozilla's own list
```
#--- profile: mozilla-intermediate@5.7
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:\
DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: TLS 1.3 alone, whatever the old list says
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite AES256-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: !RC4 need not be written where the library has none
```
#--- profile: pci-dss@4.0.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite HIGH
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A suite of TLS 1.3
```
#--- profile: nist-sp800-52r2@2019-08
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
The order of suites is not compared with the order in a profile.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2002",
    name="profile-cipher",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    needs=("tls", "sslciphersuite"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(server, context, "ciphers", "ciphersuites")
