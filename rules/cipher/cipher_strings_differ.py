"""One list of cipher suites, spelt in several ways

## What it does
Reports cipher strings of TLS hosts that come to the very list of another host's string, at the same security level, but
are written differently. The rule runs only when it is selected, or by a profile.

## Why
Who compares hosts sees a difference where there is none, and who changes one list forgets the other. One line in the
main server serves all hosts.

## Bad
```
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/a.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCipherSuite EECDH+AESGCM:!aNULL:!MD5
    #              ^^^^^^^^^^^^^^^^^^^^^^^^ is the same list as that of a.example.org (*:443), spelt differently
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
```

## Good
### Another order is another list
```
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20
    SSLCertificateFile /etc/ssl/certs/a.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+CHACHA20:ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
```

### In quotes, and in a host without TLS
```
Listen 80
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/a.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCipherSuite "ECDHE+AESGCM"
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
<VirtualHost *:80>
    SSLCipherSuite EECDH+AESGCM
</VirtualHost>
```

## Fix
```
Listen 443
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/a.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.org
    SSLEngine on
    SSLCipherSuite ECDHE+AESGCM
    SSLCertificateFile /etc/ssl/certs/b.pem
</VirtualHost>
```

## Limits
The lists are those that the target's OpenSSL makes: another version may see a difference.

## References
https://docs.openssl.org/3.0/man1/openssl-ciphers/
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Fix, Safety, Server, Severity, assumption, rule, set_value

from ._offering import Offering, offerings


@rule(
    code="SSL0226",
    name="cipher-strings-differ",
    severity=Severity.STYLE,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://docs.openssl.org/3.0/man1/openssl-ciphers/",
    needs=("sslciphersuite",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    first: dict[object, Offering] = {}
    told: set[object] = set()
    for one in offerings(server):
        setting, line = one.offer.cipher, one.directive
        if line is None or setting.selected is None or setting.argument is None or setting.value is None:
            continue
        list_ = (setting.selected.names, setting.selected.security_level, setting.selected.suite_b)
        model = first.setdefault(list_, one)
        place = (line.source.path, line.start)
        if model.offer.cipher.value == setting.value or place in told or line.key != "sslciphersuite":
            continue
        told.add(place)
        other = model.offer.cipher
        assert other.directive is not None
        assert other.argument is not None
        yield context.report(
            setting.argument,
            f"is the same list as that of {model.hosts[0].title}, spelt differently",
            related=[(other.argument, "the other spelling")],
            notes=assumption(line),
            fix=_fix(one, model, context),
        )


def _fix(one: Offering, model: Offering, context: Context) -> Fix | None:
    """The other's spelling, where both stand in the source as they are read."""
    mine, other = one.offer.cipher.argument, model.offer.cipher.argument
    if mine is None or other is None or other.word.quote != mine.word.quote:
        return None
    if not (mine.stands and other.stands):
        return None
    return context.fix("write it like the other", set_value(mine, other.value))
