"""The list for TLS 1.3 has no suite that the library knows

## What it does
Reports `SSLCipherSuite TLSv1.3` and `SSLProxyCipherSuite TLSv1.3` lists that the target's OpenSSL refuses.

## Why
The list takes the five names of RFC 8446 and nothing else: no keywords, no operators, no names of older
suites. OpenSSL 1.1.1 refuses a list with any other word; later ones, a list without any of the names. Then the
server does not start ("Unable to configure permitted TLSv1.3 ciphers", AH10127). `httpd -t` does not notice.

## Bad
### A name of TLS 1.2
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite TLSv1.3 ECDHE-RSA-AES128-GCM-SHA256
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The list names no TLS 1.3 cipher suite for www.example.org...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Keywords
```
Listen 443
SSLCipherSuite TLSv1.3 HIGH:!aNULL
#                      ^^^^^^^^^^^ The list names no TLS 1.3 cipher suite for *:443: the server does not start (AH10127)
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One wrong name is too much for OpenSSL 1.1.1
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_512_GCM_SHA512
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Not a TLS 1.3 cipher suite...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Good
### The names
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### OpenSSL 3 passes over one that it does not know
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_512_GCM_SHA512
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A name of TLS 1.2
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### One wrong name is too much for OpenSSL 1.1.1
```
#--- target: debian-11
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## References
RFC 8446 appendix B.4; `set_ciphersuites` in OpenSSL's ssl/ssl_ciph.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Problem, Safety, Severity, delete_lines, replace, rule

_LIST = re.compile(r"([\"']?)[\w:!@=+-]+\1")
_SUITES = frozenset({"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
"""What every library with TLS 1.3 has, RFC 8446 section 9.1."""


@rule(
    code="SSL0204",
    name="tls13-suite-unknown",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc8446#appendix-B.4",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.report(
        problem,
        problem.message,
        label=problem.label,
        related=problem.related,
        notes=problem.notes,
        fix=_fix(problem, context),
    )


def _fix(problem: Problem, context: Context) -> Fix | None:
    """Keep the names that are suites; without any, the line goes, and the library's default is left."""
    source, (start, end) = problem.source, problem.span
    written = source.text[start:end]
    line = source.line_span(source.line(start))
    before = source.text[line.start : start].lower().split()
    if not _LIST.fullmatch(written) or before not in (
        ["sslciphersuite", "tlsv1.3"],
        ["sslproxyciphersuite", "tlsv1.3"],
    ):
        return None
    kept = [name for name in written.strip("\"'").split(":") if name in _SUITES]
    if kept:
        return context.fix("keep the suites of TLS 1.3", replace(problem, ":".join(kept)))
    return context.fix("leave the suites of TLS 1.3 to the library", delete_lines(problem))
