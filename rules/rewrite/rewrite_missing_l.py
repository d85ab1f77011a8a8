"""Rules that follow a redirect change where it leads

## What it does
Reports `RewriteRule … [R]`, or one with an absolute URL, without the flag `L` or `END`, where a later rule of the
list matches what it makes of a request.

## Why
A redirect does not end the list: the following rules see the new URL in place of the path. One that takes
everything turns `https://www.example.org/new` into `/index.php/https://www.example.org/new`, and the browser gets
a nonsensical address.

## Bad
### The front controller takes the redirect too
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ https://www.example.org/new [R=301]
#                                              ^^^^^^^ the rule in line 5 goes on with the redirect's address: add L
RewriteRule (.*) /index.php$1
```

## Good
### With L
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ https://www.example.org/new [R=301,L]
RewriteRule (.*) /index.php$1
```

### No later rule matches an absolute address
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ https://www.example.org/new [R=301]
RewriteRule ^/older$ https://www.example.org/new [R=301]
```

### Nothing follows
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ https://www.example.org/new [R=301]
```

## Fix
### The front controller takes the redirect too
```
Listen 80
RewriteEngine on
RewriteRule ^/old$ https://www.example.org/new [R=301,L]
RewriteRule (.*) /index.php$1
```

## Limits
Later rules with conditions are not looked at.

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_r
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sslint.api import (
    Context,
    Diagnostic,
    RewriteRule,
    Safety,
    Server,
    Severity,
    assumption,
    compile_pattern,
    rule,
    rule_sets,
    spot,
)

from ._flags import add_flag

_ENDS = ("L", "LAST", "END", "F", "FORBIDDEN", "G", "GONE", "P", "PROXY", "N", "NEXT", "S", "SKIP", "C", "CHAIN",
         "PT", "PASSTHROUGH")  # fmt: skip
_VARIABLE = re.compile(r"\$\{[^}]*\}|%\{[^}]*\}|[$%]\d")


@rule(
    code="SSL1710",
    name="rewrite-missing-l",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_r",
    needs=("rewriterule",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        for number, one in enumerate(found.rules):
            if not re.match(r"https?://", one.target) or one.has(*_ENDS) is not None:
                continue
            later = _taker(_VARIABLE.sub("x", one.target), found.rules[number + 1 :])
            if later is None:
                continue
            words = one.directive.arguments
            if len(words) > 2 and not words[2].value.endswith("]"):
                continue
            yield context.report(
                spot(one.directive, words[2] if len(words) > 2 else words[1]),
                f"the rule in line {later.directive.line} goes on with the redirect's address: add L",
                related=[(later.directive.arguments[0], "matches it too")],
                notes=assumption(one.directive, later.directive, found.host.condition),
                fix=context.fix("end the list here", add_flag(one.directive, "L")),
            )


def _taker(url: str, rules: Sequence[RewriteRule]) -> RewriteRule | None:
    """The first rule without conditions that surely matches a URL and changes it."""
    for one in rules:
        pattern = compile_pattern(one.pattern.removeprefix("!"), one.has("NC", "NOCASE") is not None)
        changes = one.target != "-" or one.has("F", "FORBIDDEN", "G", "GONE") is not None
        if pattern is None or one.conditions or not changes:
            continue
        if (pattern.search(url) is not None) is not one.pattern.startswith("!"):
            return one
    return None
