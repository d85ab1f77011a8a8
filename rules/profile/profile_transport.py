"""A profile wants browsers to remember TLS, or for longer

## What it does
Holds the `Strict-Transport-Security` header of each host that speaks TLS to the chosen profiles: whether
responses have it, and for how long browsers remember it.

The rule has nothing to say unless a profile is chosen (`--profile`, or `profiles` in the settings);
`sslint profiles` lists them, and `sslint profiles show NAME` tells each requirement.

## Why
How long is long enough is what policies disagree on: CIS is content with 480 seconds, SSL Labs wants half a
year for an A+, Mozilla two years.

## Bad
### Too short
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header always set Strict-Transport-Security "max-age=31536000; includeSubDomains"
    #                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Strict-Transport-Security of...
</VirtualHost>
```

### Missing
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ no Strict-Transport-Security is sent by www.example.org (*:443): cis-apache-2.4@2.3.0 (7.11)...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### No profile is chosen
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header always set Strict-Transport-Security "max-age=1"
</VirtualHost>
```

### Two years, for all hosts
```
#--- profile: mozilla-intermediate@6.0 ssllabs-a@2009r
Listen 443
Header always set Strict-Transport-Security "max-age=63072000"
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Near miss: half an hour, where that is enough
```
#--- profile: cis-apache-2.4@2.3.0
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location />
        Header always set Strict-Transport-Security "max-age=1800"
    </Location>
</VirtualHost>
```

### Near miss: plain HTTP, where browsers ignore it
```
#--- profile: cis-apache-2.4@2.3.0
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
```

## Fix
### Too short
```
#--- profile: mozilla-intermediate@6.0
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains"
</VirtualHost>
```

## Limits
What an application or a backend sends by itself can't be seen. Where a request decides the value,
nothing is said.

## References
The finding cites the profile, its edition and the section; `docs/profiles.md`
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, rule

from ._told import told


@rule(
    code="SSL2006",
    name="profile-transport",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    needs=("tls", "header"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    yield from told(server, context, "hsts-seconds")
