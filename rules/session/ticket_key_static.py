"""Session tickets are encrypted with a key out of a file, which nothing changes

## What it does
Reports `SSLSessionTicketKeyFile` in force for hosts that give out session tickets.

## Why
With a file the key does not even change when the server is restarted: it is the same until somebody writes another
one and restarts. Whoever reads the file, a backup or the repository that it is kept in can decrypt what was
recorded of sessions up to TLS 1.2. The file is for clusters, whose members must understand each other's tickets;
there a job has to replace it at least weekly, everywhere.

## Bad
### A key file
```
#--- live: no
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLSessionTicketKeyFile /etc/apache2/ticket.key
    #                       ^^^^^^^^^^^^^^^^^^^^^^^ encrypts the session tickets of www.example.org (*:443) until...
</VirtualHost>
```

## Good
### Tickets are off
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLSessionTickets off
    SSLSessionTicketKeyFile /etc/apache2/ticket.key
</VirtualHost>
```

### httpd makes its own key
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
```

## References
RFC 9325 section 4.3.3; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessionticketkeyfile
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, VirtualHost, assumption, listing, offers, rule


@rule(
    code="SSL0515",
    name="ticket-key-static",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessionticketkeyfile",
    needs=("sslsessionticketkeyfile",),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts:
        line = host.winner("sslsessionticketkeyfile")
        if line is not None and any(offer.tickets.value for offer in offers(host)):
            found.setdefault(line, []).append(host)
    for line, hosts in found.items():
        yield context.report(
            line.arguments[0],
            f"encrypts the session tickets of {listing(hosts)} until somebody replaces it and restarts the server: "
            "replace it at least weekly, or leave it out",
            label="never changes by itself",
            notes=assumption(line, hosts[0].condition),
        )
