"""A macro that nobody uses

## What it does
Reports `<Macro>` sections that no `Use` of the configuration names.

## Why
The text of a macro is not even looked at before it is used: it may hold anything, and what it is to protect is not
protected.

## Bad
### Defined only
```
<Macro Protected $folder>
    #  ^^^^^^^^^ nobody uses the macro Protected
    <Directory $folder>
        Require all denied
    </Directory>
</Macro>
```

## Good
### Used, in any case of letters
```
<Macro Protected $folder>
    <Directory $folder>
        Require all denied
    </Directory>
</Macro>
Use PROTECTED /srv/private
```

### Used in a part that is left out today
```
<Macro Protected $folder>
    <Directory $folder>
        Require all denied
    </Directory>
</Macro>
<IfDefine PRIVATE>
    Use Protected /srv/private
</IfDefine>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_macro.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Severity, SourceFile, Span, rule

_MACRO = re.compile(r"^[ \t]*<Macro(?:/\S+)?[ \t]+[\"']?([^\s>\"']+)", re.IGNORECASE | re.MULTILINE)
_USE = re.compile(r"^[ \t]*Use[ \t]+[\"']?([^\s\"']+)", re.IGNORECASE | re.MULTILINE)


class _Place:
    """A range of a source."""

    def __init__(self, source: SourceFile, span: Span) -> None:
        self.source = source.source
        self.span = span


@rule(
    code="SSL0049",
    name="unused-macro",
    severity=Severity.INFO,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/mod_macro.html",
    whole_server=True,
    default=False,
)
def check(source: SourceFile, context: Context) -> Iterator[Diagnostic]:
    found = list(_MACRO.finditer(source.source.text))
    if not found:
        return
    texts = [one.text for one in context.configuration.sources.values()]
    used = {match[1].lower() for text in texts for match in _USE.finditer(text)}
    for match in found:
        if match[1].lower() not in used:
            yield context.report(_Place(source, Span(*match.span(1))), f"nobody uses the macro {match[1]}")
