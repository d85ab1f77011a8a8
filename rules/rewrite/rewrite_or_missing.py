r"""Conditions that can't hold together, or always do

## What it does
Reports two `RewriteCond` lines of one rule that ask the same thing to be two different texts without `[OR]`, and
two negated ones with `[OR]`.

## Why
Conditions are joined by "and" unless the earlier one says `[OR]`. No Host is `a.example.org` and `b.example.org` at
once: the rule never acts. The other way about, every Host is not the one or not the other: the rule always acts.

## Bad
### Two names at once
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^old\.example\.org$ [NC]
RewriteCond %{HTTP_HOST} ^older\.example\.org$ [NC]
#                        ^^^^^^^^^^^^^^^^^^^^^ can't hold together with the condition in line 3: the rule never...
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Not the one, or not the other
```
Listen 80
RewriteEngine on
RewriteCond %{REMOTE_ADDR} !=192.0.2.1 [OR]
RewriteCond %{REMOTE_ADDR} !=192.0.2.2
#                          ^^^^^^^^^^^ this or the condition in line 3 always holds: leave out [OR]...
RewriteRule ^ - [F]
```

## Good
### Joined by OR
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^old\.example\.org$ [NC,OR]
RewriteCond %{HTTP_HOST} ^older\.example\.org$ [NC]
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Neither of them
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} !^www\.example\.org$ [NC]
RewriteCond %{HTTP_HOST} !^example\.org$ [NC]
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

### Both may hold
```
Listen 80
RewriteEngine on
RewriteCond %{REQUEST_URI} ^/a
RewriteCond %{REQUEST_URI} ^/ab
RewriteRule ^ /new
```

### Different rules
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} =a.example.org
RewriteRule ^ /a
RewriteCond %{HTTP_HOST} =b.example.org
RewriteRule ^ /b
```

## Fix
### Two names at once
```
Listen 80
RewriteEngine on
RewriteCond %{HTTP_HOST} ^old\.example\.org$ [NC,OR]
RewriteCond %{HTTP_HOST} ^older\.example\.org$ [NC]
RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
```

## Limits
Conditions that stand between others which are joined by `[OR]` are left alone. The fix is unsafe, since the rule
begins to act.

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    RewriteRule,
    Safety,
    Server,
    Severity,
    assumption,
    literal_prefix,
    rewrite_flags,
    rule,
    rule_sets,
)

from ._flags import add_flag

_WHOLE = re.compile(r"\^(?:[\w/ ~:@,;=&%-]|\\[^\w]|\.(?![*+?{]))*\$")


class Asked(NamedTuple):
    """A condition: what is compared, with which beginning, which is all of the text where it is `whole`."""

    line: Directive
    subject: str
    negated: bool
    begins: str
    whole: bool
    joined: bool


@rule(
    code="SSL1712",
    name="rewrite-or-missing",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond",
    needs=("rewritecond",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        for one in found.rules:
            for first, second in _conflicts(one):
                place = f"the condition in line {first.line.line}"
                message = (
                    f"this or {place} always holds: leave out [OR] where neither may"
                    if first.joined
                    else f"can't hold together with {place}: the rule never acts; write [OR] there"
                )
                yield context.report(
                    second.line.arguments[1],
                    message,
                    related=[(first.line.arguments[1], "the other condition")],
                    notes=assumption(first.line, second.line, found.host.condition),
                    fix=None if first.joined else context.fix("either of the two", add_flag(first.line, "OR")),
                )


def _conflicts(one: RewriteRule) -> Iterator[tuple[Asked, Asked]]:
    """Neighbours that exclude each other, and whose joint alone decides."""
    asked = [_asked(line) for line in one.asked]
    for number, (first, second) in enumerate(pairwise(asked)):
        if first is None or second is None or first.subject != second.subject or second.joined:
            continue
        before = asked[number - 1] if number else None
        in_group = number > 0 and (before is None or before.joined)
        if first.negated is second.negated is first.joined and not in_group and _differ(first, second):
            yield first, second


def _asked(line: Directive) -> Asked | None:
    words = line.values
    if len(words) < 2 or words[0].lower() == "expr" or re.search(r"[$%]\d", words[0]):
        return None
    flags = rewrite_flags("".join(words[2:])).keys()
    negated, pattern = words[1].startswith("!"), words[1].removeprefix("!")
    joined = not flags.isdisjoint(("OR", "ORNEXT"))
    if pattern.startswith("=") and pattern != "=":
        return Asked(line, words[0].lower(), negated, pattern[1:].strip("\"'").lower(), True, joined)
    if _WHOLE.fullmatch(pattern):
        text = re.sub(r"\\(.)", r"\1", pattern[1:-1])
        return Asked(line, words[0].lower(), negated, text.lower(), True, joined)
    begins = literal_prefix(pattern).lower() if "|" not in pattern else ""
    return Asked(line, words[0].lower(), negated, begins, False, joined) if begins or joined else None


def _differ(first: Asked, second: Asked) -> bool:
    """Whether no text is both."""
    if first.whole and second.whole:
        return first.begins != second.begins
    if not first.begins or not second.begins:
        return False
    if first.whole or second.whole:
        whole, part = (first, second) if first.whole else (second, first)
        return not whole.begins.startswith(part.begins)
    length = min(len(first.begins), len(second.begins))
    return first.begins[:length] != second.begins[:length]
