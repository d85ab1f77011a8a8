"""Passwords are kept in a form that gives them away

## What it does
Reads the files that `AuthUserFile` names, where files may be read, and reports those with passwords in plain text, by
`{SHA}`, or by the old `crypt`; where `apr1` is on, by MD5 (`$apr1$`) as well.

## Why
Whoever gets hold of the file tries passwords against it. `{SHA}` is one round of SHA-1 without salt: a graphics card
tries billions a second. `crypt` looks at eight characters only. `htpasswd -B` writes bcrypt.

## Bad
### SHA-1 and crypt
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    #            ^^^^^^^^^^^^^^^^^^^^^^ 2 of 3 passwords in this file are kept by one round of SHA-1...
    Require valid-user
</Location>
#--- passwords
anna:{SHA}NWoZK3kTsExUV00Ywo1G5jlUKKs=
bert:rl0uE5rkDJmLQ
clara:$2y$10$abcdefghijklmnopqrstuuD1l9kS0gD4ZWw0G0yW1bM3cQpYy3r0S
```

## Good
### bcrypt
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
#--- passwords
clara:$2y$10$abcdefghijklmnopqrstuuD1l9kS0gD4ZWw0G0yW1bM3cQpYy3r0S
dora:$apr1$abcdefgh$0123456789012345678901
```

### No such file
```
Listen 80
<Location /private>
    AuthType Basic
    AuthName Staff
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Location>
```

## Options
`apr1`: whether MD5 in a thousand rounds, which `htpasswd` writes by default, counts as weak, too.

## References
https://httpd.apache.org/docs/2.4/misc/password_encryptions.html
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, ReadError, Server, Severity, assumption, enumeration, rule, walk

_KINDS = (
    (re.compile(r"\$apr1\$"), "MD5"),
    (re.compile(r"\$(?:2[abxy]|5|6|y|7|gy)\$"), ""),
    (re.compile(r"\$1\$"), "MD5"),
    (re.compile(r"\{SHA\}"), "one round of SHA-1 without salt"),
    (re.compile(r"[./0-9A-Za-z]{13}$"), "crypt"),
)


@rule(
    code="SSL1340",
    name="password-hash-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/misc/password_encryptions.html",
    needs=("authuserfile",),
    options={"apr1": False},
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    lines: dict[str, Directive] = {}
    for line in walk(server.configuration.children) if server.material.may_read else ():
        if line.key == "authuserfile" and line.values:
            lines.setdefault(posixpath.join(server.configuration.server_root or "/", line.values[0]), line)
    for path, line in lines.items():
        kinds = [_kind(entry, context.option("apr1", bool)) for entry in _entries(server, path)]
        weak = [kind for kind in kinds if kind]
        if weak:
            verb = "is" if len(kinds) == 1 else "are"
            what = enumeration(list(dict.fromkeys(weak)), 4)
            message = f"{len(weak)} of {len(kinds)} passwords in this file {verb} kept by {what}"
            yield context.report(line.arguments[0], message, label="read", notes=assumption(line))


def _entries(server: Server, path: str) -> list[str]:
    """The hashes in a password file; those of Digest are another matter."""
    if server.material.status(path) is None:
        return []
    try:
        text = server.material.read(path).decode("utf-8", "replace")
    except ReadError:
        return []
    entries = (line.split(":") for line in text.split("\n") if line.strip() and not line.startswith("#"))
    return [words[1].strip() for words in entries if len(words) == 2]


def _kind(entry: str, apr1: bool) -> str:
    for pattern, kind in _KINDS:
        if pattern.match(entry):
            return kind if kind != "MD5" or apr1 else ""
    return "no hash at all"
