"""Session tickets are on, and httpd never changes the key that encrypts them

## What it does
Reports hosts that offer TLS 1.2 or older and give out session tickets: by `SSLSessionTickets on`, or because
nobody says otherwise.

## Why
Up to TLS 1.2 a ticket holds the session's keys, encrypted with a key of the server's. httpd makes that key when
it starts and keeps it until the next restart, perhaps for months; whoever gets hold of it in that time reads all
recorded connections that used tickets, forward secrecy or not. RFC 9325 asks for keys that change at least
weekly. A session cache (`SSLSessionCache`) resumes sessions without tickets.

## Bad
### Nobody switched them off
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    #         ^^ www.example.org (*:443) gives out session tickets, and httpd changes their key only when it is...
</VirtualHost>
```

### Switched on for all
```
Listen 443
SSLSessionTickets on
#                 ^^ a.example.org (*:443) gives out session tickets, and httpd changes their key only when it is...
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
```

## Good
### Off
```
#--- live: no
Listen 443
SSLSessionCache shmcb:ssl_scache(512000)
<VirtualHost *:443>
    SSLEngine on
    SSLSessionTickets off
</VirtualHost>
```

### Near miss: TLS 1.3 agrees on fresh keys all the same
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.3
</VirtualHost>
```

### Near miss: no TLS
```
Listen 80
SSLSessionTickets on
```

## Fix
### Nobody switched them off
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLSessionTickets off
    SSLEngine on
</VirtualHost>
```

### Switched on for all
```
Listen 443
SSLSessionTickets off
<VirtualHost *:443>
    ServerName a.example.org
    SSLEngine on
</VirtualHost>
```

## Limits
A server that is restarted every day, by logrotate for instance, changes the key often enough.

## References
RFC 9325 section 4.3.3; RFC 5077 section 5.5; https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessiontickets
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Fix,
    HttpdVersion,
    Place,
    Protocol,
    Safety,
    Server,
    Severity,
    VirtualHost,
    assumption,
    insert_before,
    listing,
    offers,
    replace,
    rule,
)

_FIRST_WITH_SWITCH = HttpdVersion(2, 4, 11)


@rule(
    code="SSL0514",
    name="session-tickets-on",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-4.3.3",
    needs=("tls",),
    whole_server=True,
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for line, hosts in _by_line(server).items():
        verb = "gives" if len(hosts) == 1 else "give"
        yield context.report(
            _place(line),
            f"{listing(hosts)} {verb} out session tickets, and httpd changes their key only when it is restarted: "
            "whoever gets hold of it reads what was recorded since",
            label="tickets are on",
            notes=assumption(line, hosts[0].condition),
            fix=_fix(line, context),
        )


def _by_line(server: Server) -> dict[Directive, list[VirtualHost]]:
    """The lines that switch tickets on, or TLS where tickets are on by default, with their hosts."""
    found: dict[Directive, list[VirtualHost]] = {}
    for host in server.tls_hosts:
        for offer in offers(host):
            old = any(one.protocol < Protocol.TLS1_3 for one in offer.protocols)
            line = offer.tickets.directive or host.engine.directive or host.header
            if offer.tickets.value and old and line is not None and host not in found.setdefault(line, []):
                found[line].append(host)
    return {line: hosts for line, hosts in found.items() if hosts}


def _place(line: Directive) -> Place:
    arguments = line.arguments
    return arguments[-1] if arguments else line


def _fix(line: Directive, context: Context) -> Fix | None:
    if line.key == "sslsessiontickets":
        return context.fix("switch tickets off", replace(line.arguments[0], "off"))
    if line.key != "sslengine" or context.target.httpd < _FIRST_WITH_SWITCH:
        return None
    return context.fix("switch tickets off", insert_before(line, "SSLSessionTickets off"))
