"""A virtual host's list of groups counts for nothing, as the first host of its address decides

## What it does
Reports `SSLOpenSSLConfCmd Groups` and `Curves` in a name-based virtual host that is not the first of its
address.

## Why
OpenSSL takes the groups for key exchange over when a connection begins, with the settings of the first
virtual host of the address. When the client's name leads httpd to another host, certificates and cipher
suites change, but the groups stay. The host's own list is dead text: the strict one protects nobody, and
the one with a post-quantum group brings none.

## Bad
### The second host's list
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X448:P-521
    #                        ^^^^^^^^^^ counts for nothing: first.example.org (*:443) decides for second...
</VirtualHost>
```

### Two lists
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Curves P-256
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Curves P-384
    #                        ^^^^^ counts for nothing...
</VirtualHost>
```

## Good
### The first host's list, or the main server's
```
#--- live: no
Listen 443
SSLOpenSSLConfCmd Groups X25519:P-256
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
</VirtualHost>
```

### The same groups in both
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519:P-256
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Curves X25519:prime256v1
</VirtualHost>
```

### An address of its own
```
#--- live: no
Listen 443
<VirtualHost 192.0.2.1:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost 192.0.2.2:443>
    ServerName second.example.org
    SSLEngine on
    SSLOpenSSLConfCmd Groups X25519
</VirtualHost>
```

## References
`SSL_new` and `SSL_set_SSL_CTX` in OpenSSL's ssl/ssl_lib.c; `ssl_find_vhost` in
modules/ssl/ssl_engine_kernel.c. Tried on httpd 2.4.71 with OpenSSL 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, expand_group_list, offers, rule


@rule(
    code="SSL0311",
    name="groups-of-first-host",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
    whole_server=True,
    needs=("sslopensslconfcmd",),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not host.is_tls or "sslopensslconfcmd" not in host.own:
        return
    for offer in offers(host):
        command, setting = offer.groups.unheeded, offer.groups
        if command is None or command.directive not in host.own["sslopensslconfcmd"]:
            continue
        if expand_group_list(command.value, context.target) == setting.names:
            continue
        decides = setting.directive
        yield context.report(
            command.argument,
            f"counts for nothing: {offer.default.title} decides for {host.title}",
            label="read too late",
            related=[(decides, "this counts")] if decides is not None else [],
            notes=[f"{host.title} offers {':'.join(setting.names)}.", *assumption(host.condition)],
        )
