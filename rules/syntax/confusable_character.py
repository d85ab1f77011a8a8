"""A character that looks like a blank, a quote or a minus sign, and is none

## What it does
Reports no-break spaces and other blanks of Unicode, characters without width, typographic quotes at the ends of
words, and dashes where a word begins, outside of comments and of text in quotes.

## Why
They come in with lines that are pasted from a web page, a chat or a word processor. To httpd they are letters: the
name of the directive is unknown, one word is where two seem to be, a quote does not hold its words together, and
`–Indexes` is no option. At times that is refused, at times it is taken.

## Bad
### A no-break space
```
#--- mark: 2:18:1 U+00A0 looks like a blank, and a letter like any other to httpd
<Directory /srv/www>
    AllowOverride None
</Directory>
```

### Typographic quotes
```
<Location />
    SetEnv STAGE “live now”
    #            ^ U+201C looks like a quote...
    #                     ^ U+201D looks like a quote...
</Location>
```

### A dash
```
#--- mark: 2:13:1 U+2013 looks like a minus sign...
<Directory /srv/www>
    Options –Indexes
</Directory>
```

## Good
### In a comment, in quotes, in the middle of a word
```
# “Smart” quotes – and a no-break space
ErrorDocument 404 "Nichts da – „leider“ nicht"
SetEnv WHO Günther’s
```

## Fix
### A dash
```
<Directory /srv/www>
    Options -Indexes
</Directory>
```

The fix is unsafe: it changes what httpd reads to what seems to be meant.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_getword_conf` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0037",
    name="confusable-character",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "write the plain character")
