r"""A Redirect glues the rest of the path to its target

## What it does
Reports `Redirect` (`RedirectPermanent`, `RedirectTemp`) from a path that ends with a slash to a URL that does not, and
`RedirectMatch` with a back-reference right behind the host name that does not begin with a slash.

## Why
What follows the path is appended to the target as it is. `Redirect / https://www.example.org` sends `/page` to
`https://www.example.orgpage`, which does not exist, and a link to `/.evil.example/` to
`https://www.example.org.evil.example/`, which does: with the site's own name at its beginning it leads visitors to an
attacker.

## Bad
### The commonest one
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    Redirect permanent / https://www.example.org
    #                    ^^^^^^^^^^^^^^^^^^^^^^^ /page leads to https://www.example.orgpage, and /.evil.example to...
</VirtualHost>
```

### In a folder
```
Listen 80
Redirect /app/ https://www.example.org/app
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ /app/page leads to https://www.example.org/apppage: end the target with...
```

### By a pattern
```
Listen 80
RedirectMatch ^/old/(.*)$ https://www.example.org$1
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^ $1 follows the host name without a slash: /old/.evil.example...
```

## Good
### Both with a slash, or neither
```
Listen 80
Redirect permanent /a/ https://www.example.org/
Redirect /b https://www.example.org
RedirectMatch ^/old/(.*)$ https://www.example.org/$1
RedirectMatch ^(.*)$ https://www.example.org$1
RedirectMatch ^old/(.*)$ https://www.example.org$1
```

### Nothing is appended
```
Listen 80
Redirect gone /old/
Redirect /search/ https://www.example.org/find?q=
<Location /all/>
    Redirect https://www.example.org
</Location>
```

## Fix
### The commonest one
```
Listen 80
<VirtualHost *:80>
    ServerName example.org
    Redirect permanent / https://www.example.org/
</VirtualHost>
```

### In a folder
```
Listen 80
Redirect /app/ https://www.example.org/app/
```

### By a pattern
```
Listen 80
RedirectMatch ^/old/(.*)$ https://www.example.org/$1
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect; CWE-601; `try_redirect` in mod_alias.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    assumption,
    begins_with_slash,
    group_of,
    is_free,
    redirect_of,
    rule,
    slash_before,
    steered,
)

_BARE = re.compile(r"https?://[^/?#$%]+", re.IGNORECASE)


@rule(
    code="SSL1723",
    name="redirect-slash-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect",
    keys=("redirect", "redirectpermanent", "redirecttemp", "redirectmatch"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    found = redirect_of(directive)
    if found is None or not found.target or found.source is None:
        return
    word = directive.arguments[-1]
    if directive.key == "redirectmatch":
        piece = _joined(found.source, found.target)
        if piece:
            yield context.report(
                word,
                f"{piece} follows the host name without a slash: {_sample(found.source)} leads to another site",
                notes=assumption(directive),
                fix=_fix(word, piece, context),
            )
    elif found.source.endswith("/") and not re.search(r"/$|[?#%$]", found.target):
        is_host = _BARE.fullmatch(found.target) is not None
        end = f", and {found.source}.evil.example to another site" if is_host else ": end the target with a slash"
        yield context.report(
            word,
            f"{found.source}page leads to {found.target}page{end}",
            notes=[
                *([] if is_host else ["For one page whatever the path, write RedirectMatch ^ in place of Redirect."]),
                *assumption(directive),
            ],
            fix=_fix(word, "", context, Safety.SAFE if is_host else Safety.UNSAFE),
            severity=Severity.ERROR if is_host else Severity.WARNING,
        )


def _joined(pattern: str, target: str) -> str:
    """The back-reference by which a client goes on with the host name; empty without one."""
    for one in steered(target):
        if not one.joined or not one.piece.startswith("$"):
            continue
        is_open = not begins_with_slash(pattern, one.number, sees_slash=True)
        if is_open and is_free(group_of(pattern, one.number), one.last):
            return one.piece
    return ""


def _sample(pattern: str) -> str:
    """A path that an attacker would write."""
    return pattern.lstrip("^").partition("(")[0].replace("\\", "") + ".evil.example"


def _fix(word: Argument, piece: str, context: Context, safety: Safety = Safety.SAFE) -> Fix | None:
    edit = slash_before(word, piece)
    return context.fix("add the slash", edit, safety=safety) if edit is not None else None
