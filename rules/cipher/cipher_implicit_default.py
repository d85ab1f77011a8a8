"""No SSLCipherSuite: the library's own list is offered

## What it does
Reports TLS hosts for which neither they nor the main server say which cipher suites are offered. The rule runs only
when it is selected, or by a profile.

## Why
The list is then that of the OpenSSL which happens to be installed. It changes with an update, differs between machines,
and with OpenSSL 3.0 still has suites without forward secrecy and in CBC mode.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ no SSLCipherSuite is in force for www.example.org (*:443): the default list of OpenSSL 3.0.19 is off...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### In the main server
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### By the library's command
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLOpenSSLConfCmd CipherString ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### TLS 1.3 alone
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The system's policy says it
```
#--- target: rhel-9
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## Fix
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
DISA STIG V-214269 and CIS 7.5 want an explicit list; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, rule, with_value

from ._offering import mend, offerings
from ._weak import recommended

_LIST = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM"


@rule(
    code="SSL0229",
    name="cipher-implicit-default",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite",
    needs=("tls",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.target.system_ciphers is not None:
        return
    for one in offerings(server):
        if one.directive is None:
            value = _LIST if with_value(_LIST, server.target) is not None else recommended(one.offer)
            yield context.report(
                one.place(),
                f"no SSLCipherSuite is in force for {one.whom}: the default list of OpenSSL {server.target.openssl} "
                "is offered",
                notes=assumption(one.hosts[0].condition),
                fix=mend(context, one, value, "write a list") if value is not None else None,
            )
