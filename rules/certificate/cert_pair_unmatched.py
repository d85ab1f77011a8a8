"""The numbers of certificates and keys differ

## What it does
Compares how many SSLCertificateFile and SSLCertificateKeyFile lines are in force for a host, where there
are keys at all.

## Why
The i-th key goes with the i-th certificate. Surplus keys are ignored, and a certificate without a key must
have it in its own file; where a host brings a certificate but no key, the main server's key is taken.

## Bad
### Two certificates, one key
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/rsa.pem
    SSLCertificateFile /etc/ssl/certs/ec.pem
    #                  ^^^^^^^^^^^^^^^^^^^^^ no SSLCertificateKeyFile goes with this certificate (1 key...
    SSLCertificateKeyFile /etc/ssl/private/rsa.key
</VirtualHost>
```

### A key too many
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/rsa.pem
    SSLCertificateKeyFile /etc/ssl/private/rsa.key
    SSLCertificateKeyFile /etc/ssl/private/ec.key
    #                     ^^^^^^^^^^^^^^^^^^^^^^^ no certificate goes with this key, and httpd ignores it: there...
</VirtualHost>
```

### The main server's key for the host's certificate
```
Listen 443
SSLCertificateFile /etc/ssl/certs/main.pem
SSLCertificateKeyFile /etc/ssl/private/main.key
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    #                  ^^^^^^^^^^^^^^^^^^^^^^ this host names no key: httpd takes the main server's, /etc/ssl/pr...
</VirtualHost>
```

## Good
### Keys in the certificates' files
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/private/rsa.pem
    SSLCertificateFile /etc/ssl/private/ec.pem
</VirtualHost>
```

### Two pairs
```
Listen 443
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/rsa.pem
    SSLCertificateKeyFile /etc/ssl/private/rsa.key
    SSLCertificateFile /etc/ssl/certs/ec.pem
    SSLCertificateKeyFile /etc/ssl/private/ec.key
</VirtualHost>
```

### The main server's pair for all
```
Listen 443
SSLCertificateFile /etc/ssl/certs/main.pem
SSLCertificateKeyFile /etc/ssl/private/main.key
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
</VirtualHost>
```

## Limits
Where the files could be read and belong together, nothing is said.

## References
`modssl_ctx_cfg_merge_certkeys_array` in modules/ssl/ssl_engine_config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Pair, Server, Severity, VirtualHost, credentials, rule

from ._uses import uses


@rule(
    code="SSL0403",
    name="cert-pair-unmatched",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatekeyfile",
    needs=("sslcertificatefile", "sslcertificatekeyfile"),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for use in uses(server, loaded=True):
        pair, host, held = use.pair, use.hosts[0], use.held
        index = next(i for i, one in enumerate(held.pairs) if one.file == pair.file)
        if pair.matches or any(one.kind == "mismatch" for one in pair.refusals):
            continue
        named = len(held.key_files)
        if 0 < named <= index:
            many = f"{named} key{'s' * (named != 1)} for {len(held.certificate_files)} certificates"
            message = f"no SSLCertificateKeyFile goes with this certificate ({many}): its key must be in the same file"
            yield context.report(pair.file.argument, message, notes=use.notes)
        elif not host.is_main and _is_borrowed(host, pair):
            assert pair.key_file is not None
            message = f"this host names no key: httpd takes the main server's, {pair.key_file.path}"
            related = [(pair.key_file.argument, "this key is taken")]
            yield context.report(pair.file.argument, message, related=related, notes=use.notes)
    for host in server.hosts:
        if host.engine.value is True:
            yield from _surplus(host, context)


def _is_borrowed(host: VirtualHost, pair: Pair) -> bool:
    """Whether the certificate is the host's own and the key the main server's."""
    own = (host.own.get(key, ()) for key in ("sslcertificatefile", "sslcertificatekeyfile"))
    certificates, keys = own
    return (
        pair.key_file is not None
        and pair.key_file != pair.file
        and pair.file.directive in certificates
        and pair.key_file.directive not in keys
    )


def _surplus(host: VirtualHost, context: Context) -> Iterator[Diagnostic]:
    held = credentials(host)
    certificates, keys = len(held.certificate_files), len(held.key_files)
    for key in held.key_files[certificates:] if certificates else ():
        if key.directive in host.own.get("sslcertificatekeyfile", ()):
            were = f"{certificates} certificate{'s' * (certificates != 1)}"
            message = f"no certificate goes with this key, and httpd ignores it: there are {keys} keys and {were}"
            yield context.report(key.argument, message)
