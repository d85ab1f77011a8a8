"""A directive is written twice in one place, and only the last counts

## What it does
Reports directives of which the last in a server, host or section wins, where an earlier one stands in the same
file, or in the file that includes the later one. If both say the same it is a remark.

## Why
httpd takes the last line without a word about the first. Which one the author believes in is anybody's guess:
`SSLProtocol` is changed in line 10, and an included file sets it back in line 60. Lists, to which each line adds,
are left alone, as are the lines of `ErrorDocument` for different codes, and the like.

## Bad
### Two protocols' lines
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProtocol -all +TLSv1.3
    #<^^^^^^^^^^^^^^^^^^^^^^^ has no effect: SSLProtocol is set again in line 7, and the last one counts
    SSLProtocol -all +TLSv1.2
</VirtualHost>
```

### Two lists of suites
```
SSLCipherSuite HIGH
#<^^^^^^^^^^^^^^^^^ has no effect: SSLCipherSuite is set again in line 3, and the last one counts
SSLCipherSuite HIGH:!3DES
```

### An included file has the last word
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLHonorCipherOrder on
    #<^^^^^^^^^^^^^^^^^^^^ has no effect: SSLHonorCipherOrder is set again in /etc/apache2/tls.conf:1, and the last...
    Include /etc/apache2/tls.conf
</VirtualHost>
#--- tls.conf
SSLHonorCipherOrder off
SSLCertificateFile /etc/ssl/certs/www.pem
```

### The same twice
```
<Directory /srv/www>
    AllowOverride None
    #<^^^^^^^^^^^^^^^^ line 4 says the same again
    AllowOverride None
</Directory>
```

## Good
### Lists, and values for different things
```
Listen 443
ErrorDocument 404 /missing.html
ErrorDocument 403 /forbidden.html
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLCipherSuite HIGH
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384
    SSLOpenSSLConfCmd Groups X25519
    SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256
    ServerAlias a.example.org
    ServerAlias b.example.org
</VirtualHost>
```

### A later file overrides the package's
```
Include /etc/apache2/security.conf
Include /etc/apache2/local.conf
#--- security.conf
ServerTokens OS
#--- local.conf
ServerTokens Prod
```

### First the common settings, then what differs
```
Listen 443
<VirtualHost *:443>
    Include /etc/apache2/tls.conf
    SSLHonorCipherOrder on
</VirtualHost>
#--- tls.conf
SSLEngine on
SSLHonorCipherOrder off
SSLCertificateFile /etc/ssl/certs/www.pem
```

### One or the other
```
<IfDefine OLD>
    SSLProtocol -all +TLSv1.2
</IfDefine>
<IfDefine !OLD>
    SSLProtocol -all +TLSv1.3
</IfDefine>
```

### In sections
```
TraceEnable on
<VirtualHost *:80>
    TraceEnable off
</VirtualHost>
```

## Fix
### Two protocols' lines
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLProtocol -all +TLSv1.2
</VirtualHost>
```

### The same twice
```
<Directory /srv/www>
    AllowOverride None
</Directory>
```

The fix keeps what is in force. Whoever meant the first line has to say so.

## References
https://httpd.apache.org/docs/2.4/sections.html#merging
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0041",
    name="duplicate-directive",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/sections.html#merging",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    same = problem.label == "the same"
    yield context.relay(problem, "remove what has no effect", severity=Severity.INFO if same else None)
