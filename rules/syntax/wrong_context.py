"""A directive where httpd does not allow it

## What it does
Reports directives and sections that stand at server level, in a virtual host, in a section or in
`.htaccess`, although the server refuses them there. A note tells where they may stand.

## Why
Each directive has a mask of places (`req_override`), and some handlers forbid more
(`ap_check_cmd_context`). httpd stops with "not allowed here" or "cannot occur within"; in `.htaccess`
every request to the folder fails with status 500.

## Bad
### At server level
```
SSLRequireSSL
#<^^^^^^^^^^^ SSLRequireSSL is not allowed at server level
```

### In a directory
```
<Directory /srv/www>
    SSLEngine on
    #<^^^^^^^ SSLEngine is not allowed in <Directory>
</Directory>
```

### Global settings in a virtual host
```
Listen 443
<VirtualHost *:443>
    SSLSessionCache none
    #<^^^^^^^^^^^^^ SSLSessionCache cannot occur within <VirtualHost> section
</VirtualHost>
```

### A limit needs a section around it
```
<Limit POST>
#<^^^^ <Limit> is not allowed at server level
</Limit>
```

### In .htaccess
```
#--- role: htaccess
SSLProtocol -all +TLSv1.2
#<^^^^^^^^^ SSLProtocol is not allowed in .htaccess
```

### An included file is judged where it is included
```
<Directory /srv/www>
    Include /etc/apache2/tls.conf
</Directory>
#--- tls.conf
SSLProtocol -all +TLSv1.2
#<^^^^^^^^^ SSLProtocol is not allowed in <Directory>
```

## Good
### The right places
```
SSLSessionCache none
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /private>
        SSLRequireSSL
    </Location>
</VirtualHost>
```

### What acts while it is read may stand anywhere
```
<Directory /srv/www>
    Define ROOT_SEEN
    <IfDefine ROOT_SEEN>
        AllowOverride None
    </IfDefine>
</Directory>
```

### A fragment is judged for the place that fits best
```
#--- role: fragment
SSLRequireSSL
AuthType Basic
```

## Limits
What `AllowOverride` leaves of a `.htaccess` file is not judged here. Nestings of more than two sections
are judged like their innermost two.

## References
https://httpd.apache.org/docs/2.4/mod/directive-dict.html#Context; `invoke_cmd` in server/config.c,
`ap_check_cmd_context` in server/core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0003",
    name="wrong-context",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/directive-dict.html#Context",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
