"""A profile wants another setting of sessions, order or stapling

## What it does
Holds the switches in force of each host to the chosen profiles: whose order of cipher suites counts,
compression, renegotiation without RFC 5746, session tickets, OCSP stapling.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
These switches are where policies contradict each other: CIS wants the server's order of suites and stapling,
Mozilla the client's order, as all its suites are good. Where two chosen profiles contradict each other,
both findings appear and neither is fixed by itself; `sslint profiles compare` shows it beforehand.

## Bad
### The server's order counts
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLHonorCipherOrder on
    #                   ^^ the server's order of cipher suites counts for www.example.org (*:443):...
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
SSLStaplingCache shmcb:ssl_stapling(32768)
```

### Nothing is said, so the default holds
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ the client's order of cipher suites counts for www.example.org (*:443): cis-apache-2.4@2.3.0...
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
SSLStaplingCache shmcb:ssl_stapling(32768)
```

### Old clients may renegotiate
```
#--- profile: rfc-9325@2022-11
Listen 443
SSLInsecureRenegotiation on
#                        ^^ clients without RFC 5746 may renegotiate with www.example.org (*:443):...
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Two profiles contradict each other
```
#--- profile: mozilla-intermediate@6.0 cis-apache-2.4@2.3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLHonorCipherOrder off
    #                   ^^^ the client's order of cipher suites counts for www.example.org (*:443):...
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
SSLStaplingCache shmcb:ssl_stapling(32768)
```

## Good
### No profile is chosen
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLInsecureRenegotiation on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### As the profile wants it
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
SSLHonorCipherOrder on
SSLUseStapling on
SSLStaplingCache shmcb:ssl_stapling(32768)
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: a host without TLS
```
#--- profile: cis-apache-2.4@2.3.0
Listen 80
<VirtualHost *:80>
    SSLHonorCipherOrder off
</VirtualHost>
```

## Fix
### The server's order counts
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLHonorCipherOrder off
    SSLUseStapling on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
SSLStaplingCache shmcb:ssl_stapling(32768)
```

## Limits
Where the certificate can be read and names no OCSP responder, missing stapling is only mentioned.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2005",
    name="profile-session",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    needs=(
        "tls",
        "sslhonorcipherorder",
        "sslcompression",
        "sslinsecurerenegotiation",
        "sslsessiontickets",
        "sslusestapling",
    ),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(
        server,
        context,
        "server-cipher-order",
        "compression",
        "insecure-renegotiation",
        "session-tickets",
        "ocsp-stapling",
    )
