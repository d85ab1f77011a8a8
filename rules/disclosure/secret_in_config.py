"""A password stands in the configuration

## What it does
Reports passwords in plain text: `AuthLDAPBindPassword`, `SessionCryptoPassphrase`, `DBDParams`, the `secret` of a
backend, backends' URLs with a password, and the secrets of mod_auth_openidc. Variables, `exec:` and placeholders are
left alone.

## Why
Configurations are copied: into repositories, backups and questions to colleagues. The password goes along.

## Bad
### Of the directory
```
#--- live: no
Listen 80
<Location /private>
    AuthLDAPBindDN cn=httpd,dc=example,dc=org
    AuthLDAPBindPassword kX93-hello
    #                    ^^^^^^^^^^ the password of AuthLDAPBindPassword stands here in plain text...
</Location>
```

### In a backend's URL
```
#--- live: no
Listen 80
ProxyPass /app http://anna:kX93-hello@backend.example.org/
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the password of ProxyPass...
ProxyPass /java ajp://backend.example.org:8009/ secret=kX93-hello
#                                               ^^^^^^^^^^^^^^^^^ the secret of ProxyPass...
```

### Of a database
```
#--- live: no
Listen 80
DBDParams "host=db.example.org dbname=users user=httpd pass=kX93-hello"
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the password of DBDParams...
```

## Good
### From elsewhere
```
#--- live: no
Listen 80
AuthLDAPBindPassword exec:/usr/local/bin/password
SessionCryptoPassphrase ${PASSPHRASE}
ProxyPass /java ajp://backend.example.org:8009/ secret=${AJP_SECRET}
```

### Placeholders
```
#--- live: no
Listen 80
AuthLDAPBindPassword secret
SessionCryptoPassphrase CHANGE_ME
DBDParams "user=httpd pass=<password>"
```

### A user without a password
```
#--- live: no
Listen 80
ProxyPass /app http://anna@backend.example.org/
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authnz_ldap.html#authldapbindpassword
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Argument, Context, Diagnostic, Directive, Severity, assumption, rule

_PLACEHOLDER = re.compile(
    r"(?:[x*.?]+|(?:my|your|the|some|bind|ldap|db)?[-_ ]?(?:secret|password|passwd|pass|passphrase|pw)"
    r"|change.?(?:me|it|this)?|your.*|my.*|foo|bar|test|example|[<\[@%_{$].*|.*[>\]}])",
    re.IGNORECASE,
)
_IN_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^/@:\s]*:([^@/\s]+)@", re.IGNORECASE)
_PARAMETER = re.compile(r"\b(?:secret|pass|password|pwd)=([^\s,;]+)", re.IGNORECASE)
_EXEC = {"authldapbindpassword", "sessioncryptopassphrase", "oidccryptopassphrase", "oidcclientsecret"}


@rule(
    code="SSL1211",
    name="secret-in-config",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authnz_ldap.html#authldapbindpassword",
    keys=(
        "authldapbindpassword",
        "sessioncryptopassphrase",
        "oidccryptopassphrase",
        "oidcclientsecret",
        "dbdparams",
        "proxypass",
        "proxypassmatch",
        "balancermember",
    ),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    for word in directive.arguments:
        if _is_secret(directive, word):
            kind = "secret" if word.value.lower().startswith("secret=") else "password"
            what = f"the {kind} of {directive.name}"
            message = f"{what} stands here in plain text, and goes along with every copy of the file"
            notes = list(assumption(directive))
            if directive.key in _EXEC:
                notes.append("exec:/path/to/program in its place has httpd ask a program for it at the start.")
            else:
                notes.append(
                    "A variable keeps it out: Define it in a file that stays on the server, or in its environment."
                )
            yield context.report(word, message, label="in plain text", notes=notes)
            return


def _is_secret(directive: Directive, word: Argument) -> bool:
    if word.value not in word.written:
        return False  # A variable or a macro's parameter brings it in.
    if directive.key in _EXEC:
        value = word.value
        return not value.lower().startswith("exec:") and _PLACEHOLDER.fullmatch(value) is None
    if directive.key == "dbdparams":
        found = _PARAMETER.search(word.value)
    else:
        found = _IN_URL.search(word.value) or _PARAMETER.match(word.value)
    return found is not None and _PLACEHOLDER.fullmatch(found[1]) is None
