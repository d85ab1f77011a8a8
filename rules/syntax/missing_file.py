"""A file that httpd needs is not there

## What it does
With `--check-environment`: reports certificates, keys and other files that a directive names and that do not
exist on this machine.

## Why
httpd looks for many of these files when it reads the configuration, and does not start without them.

## Bad
### A certificate
```
SSLCertificateFile /etc/ssl/certs/www.pem
#                  ^^^^^^^^^^^^^^^^^^^^^^ /etc/ssl/certs/www.pem does not exist
```

## Good
### A certificate that is there
```
SSLCertificateFile /etc/ssl/certs/www.pem
#--- /etc/ssl/certs/www.pem
-----BEGIN CERTIFICATE-----
```

## Limits
Runs only with `--check-environment`, since a repository seldom holds a server's keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(code="SSL0006", name="missing-file", severity=Severity.ERROR, since="0.1.0")
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
