"""A host that could speak TLS 1.3 does not

## What it does
Reports virtual hosts without TLS 1.3 where the target's httpd (2.4.36 and later) and OpenSSL (1.1.1 and
later) have it, at the line that leaves it out.

## Why
TLS 1.3 needs one round trip less, hides the certificate from onlookers, and has no suite that needs
thinking about. Every current client speaks it, and RFC 9325 asks for it. Often it is missing for no
better reason than a `SSLProtocol` line that was written before it existed.

## Bad
### A list from before TLS 1.3
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2
    #           ^^^^^^^ www.example.org (*:443) speaks TLS 1.2 at best
</VirtualHost>
```

### Taken out by name
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3 -TLSv1.3
    #           ^^^^^^^^^^^^^^^^^^^ *:443 speaks TLS 1.2 at best
</VirtualHost>
```

### The library's command has the last word
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3
    SSLOpenSSLConfCmd MaxProtocol TLSv1.2
    #                             ^^^^^^^ *:443 speaks TLS 1.2 at best
</VirtualHost>
```

## Good
### Both
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
```

### The library does not have it
```
#--- target: httpd=2.4.38 openssl=1.0.2
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
```

### The server's httpd does not know it
```
#--- target: httpd=2.4.29 openssl=1.1.1
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol TLSv1.2
</VirtualHost>
```

## Fix
### A list from before TLS 1.3
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLProtocol TLSv1.2 +TLSv1.3
</VirtualHost>
```

### Taken out by name
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol all -SSLv3
</VirtualHost>
```

## Limits
Client certificates that are asked for in a `<Location>` or `<Directory>` are a good reason to stay with
TLS 1.2: browsers do not answer such a request in TLS 1.3. Hosts that do so are left alone.

## References
RFC 8446; RFC 9325 section 3.1.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Edit,
    Fix,
    Place,
    Protocol,
    Safety,
    Server,
    Severity,
    Span,
    TlsOffer,
    VirtualHost,
    all_scopes,
    assumption,
    available_protocols,
    host_scopes,
    listing,
    offers,
    rule,
    spot,
)

from ._rewriting import stands_as_written, without


@rule(
    code="SSL0113",
    name="tls13-disabled",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1",
    needs=("tls",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if Protocol.TLS1_3 not in available_protocols(context.target):
        return
    found: dict[tuple[str, int], tuple[Place, list[VirtualHost], str]] = {}
    for host in server.tls_hosts:
        if _asks_within(host):
            continue
        for offer in offers(host):
            place = _place(offer) if Protocol.TLS1_3 not in offer.allowed else None
            if place is not None and offer.protocols:
                best = max(one.protocol for one in offer.protocols)
                _, hosts, _ = found.setdefault((place.source.path, place.span.start), (place, [], best.label))
                hosts.append(host)
    for place, hosts, best_label in found.values():
        verb = "speaks" if len(set(hosts)) == 1 else "speak"
        yield context.report(
            place,
            f"{listing(hosts)} {verb} {best_label} at best",
            notes=assumption(hosts[0].condition),
            fix=_fix(place, hosts[0], context),
        )


def _fix(place: Place, host: VirtualHost, context: Context) -> Fix | None:
    """Switch it on where SSLProtocol leaves it out: without the word that takes it away, or by one more."""
    for directive in (offer.protocol_setting.directive for offer in offers(host)):
        if directive is None or directive.key != "sslprotocol" or not stands_as_written(directive):
            continue
        arguments = directive.arguments
        if arguments[0].span.start != place.span.start or directive.source.path != place.source.path:
            continue
        minus = [n for n, one in enumerate(arguments) if one.value.lower() == "-tlsv1.3"]
        end = arguments[-1].span.end
        edits = without(directive, minus) if minus else (Edit(directive.source, Span(end, end), " +TLSv1.3"),)
        return context.fix("switch TLS 1.3 on", *edits)
    return None


def _place(offer: TlsOffer) -> Place | None:
    """What leaves TLS 1.3 out: a command, or the words of SSLProtocol."""
    remover = offer.remover(Protocol.TLS1_3)
    if remover is not None:
        return remover.argument
    setting = offer.protocol_setting
    if setting.directive is None or not setting.value or Protocol.TLS1_3 in offer.switched_on:
        return None
    return spot(setting.directive, setting.value[0], setting.value[-1])


def _asks_within(host: VirtualHost) -> bool:
    """Whether some section asks clients for a certificate."""
    if "sslverifyclient" not in host.server.keys:
        return False
    return any("sslverifyclient" in scope.directives for scope in all_scopes(host_scopes(host)))
