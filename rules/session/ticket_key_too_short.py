"""The file with the session ticket key ends too early

## What it does
Reports `SSLSessionTicketKeyFile` with a file that was read and has less than 48 bytes.

## Why
mod_ssl reads 48 bytes: a name and two keys. `httpd -t` only sees that the file is there and not empty; the start
ends with "Failed to read 48 bytes" (AH02287), even where `SSLSessionTickets` is off. What is longer is cut.

## Bad
### 16 bytes in hexadecimal digits
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLSessionTicketKeyFile ticket.key
    #                       ^^^^^^^^^^ /etc/apache2/ticket.key has 33 bytes, and a ticket key takes 48: the server...
</VirtualHost>
#--- ticket.key
0123456789abcdef0123456789abcdef
```

## Good
### Long enough
```
#--- live: no
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLSessionTicketKeyFile ticket.key
</VirtualHost>
#--- ticket.key
0123456789abcdef0123456789abcdef0123456789abcdef
```

### Not read, or not used
```
#--- live: no
#--- outside: /etc/ssl
Listen 443
Listen 80
SSLSessionTicketKeyFile ticket.key
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    SSLSessionTicketKeyFile /etc/ssl/ticket.key
</VirtualHost>
#--- ticket.key
short
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessionticketkeyfile; `ssl_init_ticket_key` in ssl_engine_init.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Severity, rule


@rule(
    code="SSL0503",
    name="ticket-key-too-short",
    severity=Severity.ERROR,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessionticketkeyfile",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem)
