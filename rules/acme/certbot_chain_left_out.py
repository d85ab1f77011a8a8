"""certbot's certificate is named without its chain

## What it does
Reports `SSLCertificateFile …/live/NAME/cert.pem` of certbot where no `SSLCertificateChainFile` is in force.

## Why
`cert.pem` holds the server's certificate alone; the one that signed it is in `fullchain.pem` beside it. Browsers that
have met the intermediate certificate elsewhere fetch it or remember it, all other clients (programs, phones, mail
servers) refuse the connection.

## Bad
### Alone
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/cert.pem
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ holds no chain: many clients refuse it;...
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
</VirtualHost>
```

## Good
### The whole chain
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
</VirtualHost>
```

### As before 2.4.8
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/cert.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
    SSLCertificateChainFile /etc/letsencrypt/live/www.example.org/chain.pem
</VirtualHost>
```

## Fix
### Alone
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/letsencrypt/live/www.example.org/fullchain.pem
    SSLCertificateKeyFile /etc/letsencrypt/live/www.example.org/privkey.pem
</VirtualHost>
```

## Limits
Where the certificate can be read, the rule `cert-chain-incomplete` judges by what is in it.

## References
https://eff-certbot.readthedocs.io/en/stable/using.html#where-are-my-certificates
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    FIRST_WITH_CHAIN_IN_FILE,
    Context,
    Diagnostic,
    Directive,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    credentials,
    replace,
    rule,
)

_LIVE = "/letsencrypt/live/"


@rule(
    code="SSL2109",
    name="certbot-chain-left-out",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://eff-certbot.readthedocs.io/en/stable/using.html#where-are-my-certificates",
    needs=("sslcertificatefile",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    told: set[Directive] = set()
    for host in server.hosts:
        for directive in host.own.get("sslcertificatefile", ()):
            if _LIVE not in directive.text or directive in told or host.winner("sslcertificatechainfile") is not None:
                continue
            for word in directive.arguments[:1]:
                if word.value.endswith("/cert.pem") and not _is_readable(host):
                    told.add(directive)
                    path = f"{word.word.quote}{word.value[: -len('cert.pem')]}fullchain.pem{word.word.quote}"
                    new = server.target.httpd >= FIRST_WITH_CHAIN_IN_FILE
                    yield context.report(
                        word,
                        "holds no chain: many clients refuse it; fullchain.pem beside it is what is meant",
                        notes=assumption(directive, host.condition),
                        fix=context.fix("name the whole chain", replace(word, path)) if new else None,
                    )


def _is_readable(host: VirtualHost) -> bool:
    """Whether the certificate can be looked at: then the rule cert-chain-incomplete judges by what is in it."""
    return any(pair.certificate is not None for pair in credentials(host).pairs)
