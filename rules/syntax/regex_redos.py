r"""A regular expression that takes exponential time

## What it does
Reports patterns with a repetition inside a repetition that can match the same text in many ways, such as `(a+)+$` and
`^([a-z]+)*\.html$`, in sections, redirects, rewriting, aliases and `SetEnvIf`.

## Why
When the end does not fit, the library tries all ways to take the text apart: twice as many for each letter more.
Thirty letters in a URL or a header, which anybody can send, keep a process busy until the library's limit is
reached, and the pattern then counts as not matching. A denial that rests on it lets the request through.

## Bad
### A path of words
```
<LocationMatch "^/(?:[a-z0-9-]+)+\.html$">
    #             ^^^^^^^^^^^^^^^ takes a text apart in ever more ways: thirty letters that do not fit keep the...
    SetEnv PAGE 1
</LocationMatch>
```

### In rewriting
```
RewriteEngine on
RewriteRule ^/(\w+\s?)*$ /words [L]
#             ^^^^^^^^^ takes a text apart in ever more ways: thirty letters that do not fit keep the server busy
```

## Good
### Something stands between
```
RewriteEngine on
RewriteRule ^/([a-z]+/)*$ /words [L]
RewriteRule ^(/[^/]+)+\.html$ /page [L]
<LocationMatch "^/[a-z0-9-]+\.html$">
    SetEnv PAGE 1
</LocationMatch>
```

### Nothing can fail behind it
```
SetEnvIf User-Agent "(bot+)+" ROBOT
```

## References
https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS; CWE-1333
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Argument, Context, Diagnostic, Directive, Severity, assumption, blowup, part, rule

_PLACES = {
    "rewriterule": 0,
    "rewritecond": 1,
    "redirectmatch": -2,
    "aliasmatch": 0,
    "scriptaliasmatch": 0,
    "proxypassmatch": 0,
    "setenvif": 1,
    "setenvifnocase": 1,
    "browsermatch": 0,
    "browsermatchnocase": 0,
    "locationmatch": 0,
    "directorymatch": 0,
    "filesmatch": 0,
    "proxymatch": 0,
}
"""The word that is a pattern."""


@rule(
    code="SSL0050",
    name="regex-redos",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://cwe.mitre.org/data/definitions/1333.html",
    keys=(
        "rewriterule",
        "rewritecond",
        "redirectmatch",
        "aliasmatch",
        "scriptaliasmatch",
        "proxypassmatch",
        "setenvif",
        "setenvifnocase",
        "browsermatch",
        "browsermatchnocase",
        "locationmatch",
        "directorymatch",
        "filesmatch",
        "proxymatch",
    ),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    text = directive.text
    if ")" not in text or not any(end in text for end in (")+", ")*", "){")):
        return
    word = _pattern(directive)
    found = blowup(word.value.removeprefix("!")) if word is not None else None
    if word is None or found is None:
        return
    shift = len(word.value) - len(word.value.removeprefix("!"))
    yield context.report(
        part(directive, word, found.start + shift, found.end + shift),
        "takes a text apart in ever more ways: thirty letters that do not fit keep the server busy",
        label="a repetition within a repetition",
        notes=assumption(directive),
    )


def _pattern(directive: Directive) -> Argument | None:
    words = directive.arguments
    index = _PLACES[directive.key]
    if directive.key == "rewritecond" and words and words[0].value == "expr":
        return None
    return words[index] if -len(words) <= index < len(words) else None
