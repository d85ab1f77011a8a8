"""An argument that httpd refuses

## What it does
Judges arguments as the directives' handlers do when the configuration is read: switches, words out of
a list, numbers, addresses, times, regular expressions, conditions, formats, paths of sections.

## Why
httpd stops at the first value that a handler refuses, and does not start.

## Bad
### A switch knows on and off
```
SSLHonorCipherOrder yes
#                   ^^^ SSLHonorCipherOrder must be On or Off
```

### A protocol that does not exist
```
SSLProtocol -all +TLS1.2
#                ^^^^^^^ illegal protocol...
```

### Not one of the words
```
SSLVerifyClient required
#               ^^^^^^^^ must be none, optional, require, optional_no_ca, on or off, not 'required'
```

### Two paths for one section
```
<Directory /srv/www /srv/ftp>
#                   ^^^^^^^^ only one path is taken...
</Directory>
```

### Options that mix absolute and relative words
```
<Directory /srv/www>
    Options Indexes +FollowSymLinks
    #               ^^^^^^^^^^^^^^^ either all Options start with + or -, or none does
</Directory>
```

### A colon in a variable's name
```
Define tls:protocols "-all +TLSv1.2"
#      ^^^^^^^^^^^^^ Variable name must not contain ':'
```

### A protocol that the library does not have any more
```
SSLProtocol SSLv3 +TLSv1.2
#           ^^^^^ this build of OpenSSL has no SSLv3
```

## Good
### Switches and words ignore case
```
SSLHonorCipherOrder ON
SSLVerifyClient Optional
SSLProtocol -ALL +tlsv1.2
SSLEngine optional
```

### What httpd does not look at
```
Timeout soon
SSLCipherSuite NO-SUCH-CIPHER:HIGH
```

## Fix
### A switch knows on and off
```
SSLHonorCipherOrder on
```

### A protocol that does not exist
```
SSLProtocol -all +TLSv1.2
```

### A protocol that the library does not have any more
```
SSLProtocol -SSLv3 +TLSv1.2
```

## Limits
The values were measured on httpd 2.4; for other branches only switches are judged. Values that are
not certain to be refused pass, as does what holds an undefined variable. What httpd finds out when it
starts and not when it reads (cipher strings, keys, certificates) belongs to other rules.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `invoke_cmd` in server/config.c and the
handlers of each module
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0005",
    name="bad-value",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write the value that httpd knows")
