"""A condition compares numbers as if they were texts

## What it does
Reports `<`, `<=`, `>` and `>=` between a number and a variable that holds one, such as `SSL_CIPHER_USEKEYSIZE`, in
`<If>`, `Require expr`, `RewriteCond expr`, `SetEnvIfExpr` and the like.

## Why
These signs compare texts, letter by letter: `"56" >= "128"` is true, since 5 comes after 1, and a cipher of 56 bits
passes. For numbers there are `-lt`, `-le`, `-gt` and `-ge`. In `SSLRequire` the signs do compare numbers rightly, so
that a condition that is moved from there to `Require expr` goes wrong.

## Bad
### Moved from SSLRequire
```
<Directory /srv/www/bank>
    <RequireAll>
        Require ssl
        Require expr %{SSL_CIPHER_USEKEYSIZE} >= 128
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ >= compares texts, letter by letter, not numbers: write -ge
    </RequireAll>
</Directory>
```

### Hours
```
<If "%{TIME_HOUR} > 9">
#   ^^^^^^^^^^^^^^^^^^ > compares texts, letter by letter, not numbers: write -gt
    SetEnv SHIFT day
</If>
```

## Good
### As numbers
```
<Directory /srv/www/bank>
    <RequireAll>
        Require ssl
        Require expr %{SSL_CIPHER_USEKEYSIZE} -ge 128
    </RequireAll>
</Directory>
```

### As many digits on both sides
```
<If "%{TIME_HOUR} >= '09' && %{TIME_HOUR} < 17">
    SetEnv SHIFT day
</If>
```

### SSLRequire compares by length first
```
<Directory /srv/www/bank>
    SSLRequire %{SSL_CIPHER_USEKEYSIZE} >= 128
</Directory>
```

## Fix
### Moved from SSLRequire
```
<Directory /srv/www/bank>
    <RequireAll>
        Require ssl
        Require expr %{SSL_CIPHER_USEKEYSIZE} -ge 128
    </RequireAll>
</Directory>
```

The fix is unsafe: other requests than before meet the condition.

## References
https://httpd.apache.org/docs/2.4/expr.html#binop; `ap_expr_eval_comp` in server/util_expr_eval.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    NUMERIC,
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    Spot,
    assumption,
    compared_as_text,
    replace,
    rule,
    spot,
)

_ORDER = re.compile(r"[<>]=?")


@rule(
    code="SSL0046",
    name="number-compared-as-text",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/expr.html#binop",
    keys=("if", "elseif", "require", "rewritecond", "setenvifexpr", "header", "requestheader"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    if "%{" not in directive.text or not _ORDER.search(directive.text):
        return
    for words, text in _conditions(directive):
        place = spot(directive, words[0], words[-1])
        for found in compared_as_text(text):
            yield context.report(
                place,
                f"{found.operator} compares texts, letter by letter, not numbers: write {NUMERIC[found.operator]}",
                label=f"{found.variable} is a number",
                notes=assumption(directive),
                fix=_fix(place, found.operator, context) if directive.pieces is None else None,
            )


def _conditions(directive: Directive) -> Iterator[tuple[tuple[Argument, ...], str]]:
    """The words that make up a condition, and its text."""
    words = directive.arguments
    if directive.key in ("if", "elseif", "setenvifexpr"):
        if words:
            yield words[:1], words[0].value
    elif directive.key == "require":
        if len(words) > 1 and words[0].value == "expr":
            yield words[1:], directive.text.partition("expr")[2].strip()
    elif directive.key == "rewritecond":
        if len(words) > 1 and words[0].value == "expr":
            yield words[1:2], words[1].value
    elif words and words[-1].value.startswith("expr="):
        yield words[-1:], words[-1].value[5:]


def _fix(place: Spot, operator: str, context: Context) -> Fix | None:
    """The operator for numbers, where there is no doubt which sign is meant."""
    text = place.source.text[place.span.start : place.span.end]
    if _ORDER.findall(text) != [operator]:
        return None
    return context.fix("compare numbers", replace(place, text.replace(operator, NUMERIC[operator])))
