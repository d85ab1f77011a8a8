"""certbot's options are included twice in one host

## What it does
Reports a second `Include …/options-ssl-apache.conf` that the same virtual host reads.

## Why
The file sets the protocol, the suites and options. What stands between the two lines is overridden by the second:
whoever writes settings of his own below the first line finds them without effect, and does not see why.

## Bad
### Twice
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    Include letsencrypt/options-ssl-apache.conf
    SSLProtocol -all +TLSv1.3
    Include letsencrypt/options-ssl-apache.conf
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is read a second time in this host: what stands between has no effect
</VirtualHost>
#--- letsencrypt/options-ssl-apache.conf
SSLProtocol all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1
```

## Good
### Once for each host
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    Include letsencrypt/options-ssl-apache.conf
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    Include letsencrypt/options-ssl-apache.conf
</VirtualHost>
#--- letsencrypt/options-ssl-apache.conf
SSLProtocol all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1
```

## Fix
### Twice
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    Include letsencrypt/options-ssl-apache.conf
    SSLProtocol -all +TLSv1.3
</VirtualHost>
#--- letsencrypt/options-ssl-apache.conf
SSLProtocol all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1
```

The fix is unsafe where settings stand between the two lines: they come into force.

## References
https://github.com/certbot/certbot/issues/5485
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, VirtualHost, delete_lines, rule

_NAME = "options-ssl-apache.conf"


@rule(
    code="SSL2110",
    name="certbot-options-twice",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://github.com/certbot/certbot/issues/5485",
    needs=("sslprotocol", "sslciphersuite"),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    lines = [one for key in ("sslprotocol", "sslciphersuite") for one in host.own.get(key, ())]
    includes: dict[Directive, None] = {}
    for line in lines:
        via = line.frame.via
        if via is not None and line.source.path.endswith(_NAME):
            includes[via] = None
    for again in list(includes)[1:]:
        first = next(iter(includes))
        yield context.report(
            again,
            "is read a second time in this host: what stands between has no effect",
            related=[(first, "read here first")],
            fix=context.fix("take the second line out", delete_lines(again)),
        )
