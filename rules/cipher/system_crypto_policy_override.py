"""A line takes TLS out of the system's crypto policy

## What it does
On distributions whose httpd follows a system-wide policy (Fedora, Red Hat and its relatives), reports SSLCipherSuite
and SSLProxyCipherSuite with a list of their own instead of `PROFILE=SYSTEM`, and SSLProtocol and SSLProxyProtocol. The
rule runs only when it is selected, or by a profile.

## Why
`update-crypto-policies` is how such a machine is kept up to date, made stricter or set to FIPS, all programs at once.
A list in httpd's configuration stays as it is: the policy tightens, and the web server does not.

## Bad
### A list of one's own
```
#--- target: rhel-9
Listen 443
SSLCipherSuite ECDHE+AESGCM
#              ^^^^^^^^^^^^ replaces the system's crypto policy: update-crypto-policies no longer reaches httpd's suites
```

### Versions
```
#--- target: rhel-9
Listen 443
SSLProtocol all -SSLv3
#           ^^^^^^^^^^ replaces the system's crypto policy: update-crypto-policies no longer reaches httpd's versions
```

## Good
### What the distribution ships
```
#--- target: rhel-9
Listen 443
SSLCipherSuite PROFILE=SYSTEM
SSLProxyCipherSuite PROFILE=SYSTEM
```

### Where there is no policy
```
Listen 443
SSLCipherSuite ECDHE+AESGCM
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### For a directory
```
#--- target: rhel-9
Listen 443
<Location /old>
    SSLCipherSuite ECDHE+AES
</Location>
```

## Fix
### A list of one's own
```
#--- target: rhel-9
Listen 443
SSLCipherSuite PROFILE=SYSTEM
```

### Versions
```
#--- target: rhel-9
Listen 443
```

## References
https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/security_hardening/using-the-system-wide-cryptographic-policies_security-hardening
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Fix, Safety, Severity, delete_lines, replace, rule, spot

_SYSTEM = "PROFILE=SYSTEM"
_REQUESTS = ("directory", "location", "files")


@rule(
    code="SSL0228",
    name="system-crypto-policy-override",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite",
    keys=("sslciphersuite", "sslproxyciphersuite", "sslprotocol", "sslproxyprotocol"),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    arguments = directive.arguments
    if context.target.system_ciphers is None or not arguments or not _is_of_a_host(directive):
        return
    about_suites = directive.key.endswith("ciphersuite")
    if about_suites and arguments[-1].value.startswith(_SYSTEM):
        return
    what = "suites" if about_suites else "versions"
    yield context.report(
        spot(directive, arguments[-1] if about_suites else arguments[0], arguments[-1]),
        f"replaces the system's crypto policy: update-crypto-policies no longer reaches httpd's {what}",
        fix=_fix(directive, context),
    )


def _is_of_a_host(directive: Directive) -> bool:
    """Whether it stands in the main server or a virtual host, not in a section for some requests."""
    return not any(section.key.startswith(_REQUESTS) or section.key == "if" for section in directive.enclosing)


def _fix(directive: Directive, context: Context) -> Fix | None:
    if directive.key.endswith("protocol"):
        return context.fix("follow the policy", delete_lines(directive))
    if len(directive.arguments) > 1:  # for TLS 1.3 the library's own list is the policy's
        return context.fix("follow the policy", delete_lines(directive))
    return context.fix("follow the policy", replace(directive.arguments[0], _SYSTEM))
