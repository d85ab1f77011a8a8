"""What a virtual host switches off stays on, as the first host of its address switched it on

## What it does
Reports `SSLHonorCipherOrder`, `SSLSessionTickets` and `SSLInsecureRenegotiation` (and the library's
`Options`) in a name-based virtual host where the first host of the address says the contrary, and wins.

## Why
These settings are option bits of the connection. It begins with those of the first virtual host of the
address, and when the client's name leads to another, httpd adds that host's bits and takes none away. So
`SSLHonorCipherOrder on`, `SSLSessionTickets off` and `SSLInsecureRenegotiation on` in the first host hold
for every host there. The other way round a host has its own will.

## Bad
### The second host wants the client's order
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLHonorCipherOrder on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLHonorCipherOrder off
    #                   ^^^ counts for nothing: first.example.org (*:443) has switched it on for second...
</VirtualHost>
```

### Tickets that nobody gets
```
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
    SSLSessionTickets off
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLSessionTickets on
    #                 ^^ counts for nothing: first.example.org (*:443) has switched them off for second...
</VirtualHost>
```

## Good
### The first host leaves it alone
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLHonorCipherOrder on
    SSLSessionTickets off
</VirtualHost>
```

### All agree
```
#--- live: no
Listen 443
SSLHonorCipherOrder on
<VirtualHost *:443>
    ServerName first.example.org
    SSLEngine on
</VirtualHost>
<VirtualHost *:443>
    ServerName second.example.org
    SSLEngine on
    SSLHonorCipherOrder on
</VirtualHost>
```

### An address of its own
```
#--- live: no
Listen 443
<VirtualHost 192.0.2.1:443>
    ServerName first.example.org
    SSLEngine on
    SSLSessionTickets off
</VirtualHost>
<VirtualHost 192.0.2.2:443>
    ServerName second.example.org
    SSLEngine on
    SSLSessionTickets on
</VirtualHost>
```

## References
`SSL_set_options` in `ssl_find_vhost`, modules/ssl/ssl_engine_kernel.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, VirtualHost, assumption, offers, rule

_KEYS = ("sslhonorcipherorder", "sslsessiontickets", "sslinsecurerenegotiation")


@rule(
    code="SSL0513",
    name="switch-of-first-host",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html",
    whole_server=True,
    needs=("sslhonorcipherorder", "sslsessiontickets", "sslinsecurerenegotiation"),
)
def check(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    if host.is_main or not host.is_tls or not any(key in host.own for key in _KEYS):
        return
    for offer in offers(host):
        for key, setting in zip(
            _KEYS, (offer.honors_server_order, offer.tickets, offer.insecure_renegotiation), strict=True
        ):
            winner, own = setting.directive, host.winner(key)
            if winner is None or own is None or own not in setting.losers or own not in host.own.get(key, ()):
                continue
            if winner in host.own.get(winner.key, ()):
                continue
            state = "them off" if key == "sslsessiontickets" else "it on"
            yield context.report(
                own.arguments[-1],
                f"counts for nothing: {offer.default.title} has switched {state} for {host.title}",
                label="can't take it back",
                related=[(winner, "this counts")],
                notes=assumption(host.condition, winner),
            )
