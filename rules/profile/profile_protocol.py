"""A profile does not allow the protocol versions that are offered

## What it does
Holds the protocol versions that each virtual host really offers to the chosen profiles, and reports those
that a profile forbids or does not list, and those that it asks for and a host does not offer.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
A policy that nobody checks is a wish. What counts is not what a line says but what is in force: the
line may be inherited, the library may hold a version back, and the default changes with every release.

## Bad
### A version that the profile does not list
```
#--- profile: mozilla-intermediate@6.0
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol all -SSLv3
    #           ^^^ TLS 1.0 and TLS 1.1 are offered by www.example.org (*:443): mozilla-intermediate@6.0...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One line for two hosts, and nothing newer
```
#--- profile: mozilla-modern@6.0
Listen 443
SSLProtocol -all +TLSv1.2
#           ^^^^^^^^^^^^^ TLS 1.3 is not offered by a.example.org (*:443) and b.example.org (*:443) (it is not...
#                ^^^^^^^^ TLS 1.2 is offered by a.example.org (*:443) and b.example.org (*:443):...
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

### Nothing is said, so the default holds
```
#--- profile: pci-dss@4.0.1
#--- target: httpd=2.4 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    #         ^^ TLS 1.0 is offered by *:443: pci-dss@4.0.1 (glossary, early TLS; ASV Program Guide) forbids it
    #         ^^ TLS 1.1 is offered by *:443: pci-dss@4.0.1 (ASV practice) advises against it
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### No profile is chosen
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### What two profiles allow
```
#--- profile: mozilla-intermediate@5.7 nist-sp800-52r2@2019-08
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: OpenSSL 3 holds back what the line lets in
```
#--- profile: rfc-9325@2022-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: TLS 1.2 may be missing where it is only allowed
```
#--- profile: stig-apache-2.4@2024-01
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A version that the profile does not list
```
#--- profile: mozilla-intermediate@6.0
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Limits
A profile's own words about clients, exceptions and time limits are not judged; its notes are shown.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2001",
    name="profile-protocol",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    needs=("tls", "sslprotocol"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(server, context, "protocols")
