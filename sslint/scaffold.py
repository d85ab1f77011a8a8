"""The beginning of a new rule's file. Its meta-tests fail until the sections are filled in."""

from __future__ import annotations

from .registry import Registry
from .rule import FAMILIES, SLUG

_TEXT = '''"""

## What it does

## Why

## Bad
```
```

## Good
```
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Severity, rule


@rule(code="{code}", name="{slug}", severity=Severity.WARNING, since="{since}", keys=())
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    yield context.report(directive, "")
'''


def scaffold(slug: str, family: str, registry: Registry) -> tuple[str, str]:
    """The path below `rules/` and the text of a new rule, with the family's next code.

    Raises ValueError for a slug that is taken or no slug.
    """
    from . import __version__

    if not SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} is no slug: use lower-case words with hyphens that name the problem")
    if registry.find(slug):
        raise ValueError(f"there is a rule called {slug} already")
    taken = [int(rule.code[5:]) for rule in registry.rules if rule.family == family]
    code = f"SSL{FAMILIES.index(family):02}{max(taken, default=0) + 1:02}"
    return f"{family}/{slug.replace('-', '_')}.py", _TEXT.format(code=code, slug=slug, since=__version__)
