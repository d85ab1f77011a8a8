"""Cipher suites with ciphers that hardly any client knows are offered

## What it does
Reports the suites that a host offers with Camellia, ARIA or SEED, or with AES in CCM mode with a tag of 64 bits. The
rule runs only when it is selected, or by a profile.

## Why
No browser speaks Camellia (since 2014), ARIA or SEED, and what nobody uses nobody looks after. The tag of CCM-8 is half
as long as that of the others; it is for radio networks of sensors. They come in with wide words such as `HIGH` and
`ALL`, and are noise in every scan.

## Bad
### A wide word
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE:!aNULL
    #              ^^^^^ 10 suites with Camellia, ARIA and AES-CCM-8 are offered by www.example.org (*:443): ECDHE-EC...
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### SEED, where the library still has it
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:SEED-SHA
    #                           ^^^^^^^^ 1 suite with SEED is offered by *:443: SEED-SHA
</VirtualHost>
```

## Good
### AES and ChaCha20
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### SEED with OpenSSL 3, which has it in its legacy provider only
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:SEED-SHA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### Camellia is asked for
```
#--- options: ciphers=ARIA,SEED,AESCCM8
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CAMELLIA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

## Fix
### A wide word
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCipherSuite ECDHE:!aNULL:!AESCCM8:!ARIA:!CAMELLIA
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### SEED, where the library still has it
```
#--- target: httpd=2.4.46 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:SEED-SHA:!SEED
</VirtualHost>
```

## Options
`ciphers`: the ciphers that are reported, by OpenSSL's keywords; `CAMELLIA`, `ARIA`, `SEED` and `AESCCM8` by default.

## Limits
IDEA, RC2 and 3DES, whose blocks have 64 bits, are `weak-cipher-suite`'s.

## References
RFC 6655 section 6.1 (CCM-8); RFC 9325 section 4.2
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, Suite, enumeration, rule

from ._offering import having

_NAMES = {"CAMELLIA": "Camellia", "ARIA": "ARIA", "SEED": "SEED", "AESCCM8": "AES-CCM-8", "AESCCM": "AES-CCM"}


@rule(
    code="SSL0220",
    name="cipher-obsolete-algo",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
    needs=("tls", "sslciphersuite", "sslopensslconfcmd"),
    options={"ciphers": ("CAMELLIA", "ARIA", "SEED", "AESCCM8")},
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    meant = {word.upper() for word in context.option("ciphers", tuple)}

    def exclusion(suite: Suite) -> str:
        word = _keyword(suite)
        return f"!{word}" if word in meant else ""

    for one in having(server, lambda suite: bool(exclusion(suite))):
        words = {_keyword(offered.suite) for offered in one.suites}
        names = [_NAMES.get(word, word) for word in (*_NAMES, *sorted(words - _NAMES.keys())) if word in words]
        yield one.policy(context, f"with {enumeration(names, len(names))}", exclusion)


def _keyword(suite: Suite) -> str:
    """OpenSSL's word for a suite's cipher."""
    return suite.cipher.upper().removesuffix("GCM") if suite.cipher.startswith("ARIA") else suite.cipher.upper()
