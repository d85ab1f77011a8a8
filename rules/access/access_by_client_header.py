r"""Access depends on a header that clients write

## What it does
Reports `SetEnvIf` lines that set a variable by `X-Forwarded-For` and the like, `User-Agent` or `Referer`, where a
`Require env` or `Allow from env=` asks for the variable.

## Why
Any client may send the header with whatever value it likes, unless a proxy in front replaces it.

## Bad
### By the address in a header
```
Listen 80
SetEnvIf X-Forwarded-For ^198\.51\.100\. staff
#        ^^^^^^^^^^^^^^^ access depends on X-Forwarded-For, which clients may write as they like
<Location /admin>
    Require env staff
</Location>
```

## Good
### By the client's own address
```
Listen 80
SetEnvIf Remote_Addr ^198\.51\.100\. staff
<Location /admin>
    Require env staff
</Location>
```

### Some are kept out
```
Listen 80
SetEnvIf User-Agent BadBot bad
<Location />
    <RequireAll>
        Require all granted
        Require not env bad
    </RequireAll>
</Location>
```

### For the log
```
Listen 80
SetEnvIf X-Forwarded-For ^198\.51\.100\. ours
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_setenvif.html#setenvif
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Server, Severity, assumption, rule, walk

_HEADERS = (
    "x-forwarded-for",
    "x-real-ip",
    "x-client-ip",
    "client-ip",
    "true-client-ip",
    "forwarded",
    "user-agent",
    "referer",
)


@rule(
    code="SSL1327",
    name="access-by-client-header",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_setenvif.html#setenvif",
    needs=("setenvif", "setenvifnocase"),
    default=False,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    if server.keys.isdisjoint(("require", "allow")):
        return
    asked = _asked(server)
    for line in walk(server.configuration.children) if asked else ():
        words = line.arguments
        if line.key not in ("setenvif", "setenvifnocase") or len(words) < 3 or words[0].value.lower() not in _HEADERS:
            continue
        found = next((asked[name] for word in words[2:] if (name := word.value.partition("=")[0]) in asked), None)
        if found is not None:
            message = f"access depends on {words[0].value}, which clients may write as they like"
            related = [(found, "asked for here")]
            yield context.report(words[0], message, related=related, notes=assumption(line, found))


def _asked(server: Server) -> dict[str, Directive]:
    """The variables that let clients in, with a line that asks for each."""
    found: dict[str, Directive] = {}
    for line in walk(server.configuration.children):
        if line.key not in ("require", "allow"):
            continue
        words = line.values
        if line.key == "require" and words[:1] == ["env"]:
            found.update(dict.fromkeys(words[1:], line))
        elif line.key == "allow":
            found.update({word[4:]: line for word in words[1:] if word.lower().startswith("env=") and word[4:5] != "!"})
    return found
