"""Certificates that nobody has verified are taken for who they say

## What it does
Reports `SSLVerifyClient optional_no_ca` in force where nothing tests `SSL_CLIENT_VERIFY` (or says `Require
ssl-verify-client`). Where the certificate logs somebody in (`SSLUserName`, `FakeBasicAuth`), or its names are
compared, it is an error.

## Why
`optional_no_ca` lets every certificate pass, also one that the client has made itself a moment ago, with any name
in it. mod_ssl sets `SSL_CLIENT_VERIFY` to `FAILED:…` or `GENEROUS`, and leaves the rest to you: `SSLUserName` and
`FakeBasicAuth` do not look at it, and log the client in as whomever the certificate names.

## Bad
### Logged in by a certificate of one's own making
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional_no_ca
    #               ^^^^^^^^^^^^^^ clients of www.example.org (*:443) pass with a certificate of their own making,...
    <Location /staff>
        SSLUserName SSL_CLIENT_S_DN_CN
        AuthType Basic
        AuthName "Staff"
        AuthUserFile /etc/apache2/passwords
        Require user ann
    </Location>
</VirtualHost>
```

### Names are compared
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /partners>
        SSLVerifyClient optional_no_ca
        #               ^^^^^^^^^^^^^^ clients of www.example.org (*:443) pass with a certificate of their own...
        Require expr %{SSL_CLIENT_S_DN_O} == 'Example'
    </Location>
</VirtualHost>
```

### Nothing but the log looks at it
```
Listen 443
LogFormat "%h %{SSL_CLIENT_S_DN}x" clients
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional_no_ca
    #               ^^^^^^^^^^^^^^ clients of www.example.org (*:443) are asked for a certificate, and nothing looks...
</VirtualHost>
```

## Good
### The result is tested
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional_no_ca
    <Location /partners>
        Require expr %{SSL_CLIENT_VERIFY} == 'SUCCESS' && %{SSL_CLIENT_S_DN_O} == 'Example'
    </Location>
</VirtualHost>
```

### An application gets it to look at
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLVerifyClient optional_no_ca
    SSLOptions +ExportCertData
</VirtualHost>
```

### Verified
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCACertificateFile /etc/ssl/certs/ca.pem
    SSLVerifyClient require
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient; `ssl_callback_SSLVerify` and `ssl_hook_UserCheck`
in ssl_engine_kernel.c. Tried on httpd 2.4.71: a self-signed certificate logs in.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Server, Severity, assumption, listing, rule

from ._verifying import asking, uses


@rule(
    code="SSL0613",
    name="verify-client-optional-no-ca",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
    needs=("sslverifyclient", "sslopensslconfcmd"),
    whole_server=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for one in asking(server):
        made = [uses(host) for host in one.hosts]
        if one.mode != "optional_no_ca" or any(use.tested or use.passed for use in made):
            continue
        taken = next((use.identity or use.read for use in made if use.identity or use.read), None)
        what = "are asked for a certificate, and nothing looks at it"
        if taken is not None:
            what = "pass with a certificate of their own making, and nothing tests SSL_CLIENT_VERIFY"
        yield context.report(
            one.line.arguments[-1],
            f"clients of {listing(one.hosts)} {what}",
            label="verifies nothing",
            related=[(taken, "believes what the certificate says")] if taken is not None else [],
            notes=assumption(one.line, one.hosts[0].condition),
            severity=Severity.ERROR if taken is not None else None,
        )
