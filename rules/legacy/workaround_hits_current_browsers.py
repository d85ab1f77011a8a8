r"""A work-around for some browsers hits those of today

## What it does
Runs the patterns of `BrowserMatch` and `SetEnvIf User-Agent` over the strings that browsers of today send, and
reports lines that take persistent connections, HTTP/1.1, compression or the orderly end of TLS from Chrome, Firefox,
Safari or Edge.

## Why
The names in `User-Agent` are a heap of history: Chrome calls itself `Mozilla/5.0`, `Safari` and `like Gecko`, Edge
calls itself Chrome and Safari as well. A pattern that was meant for one old browser hits half the world, which then
loads every picture over a connection of its own, or everything uncompressed.

## Bad
### Meant for old Safaris
```
BrowserMatch "Safari" nokeepalive
#            ^^^^^^^^ Chrome, Edge and Safari of today lose persistent connections
```

### A dot too many, an anchor too few
```
BrowserMatch Mozilla gzip-only-text/html
#            ^^^^^^^ Chrome, Edge, Firefox and Safari of today get compressed pages alone, no scripts or styles
```

### By the header
```
SetEnvIfNoCase User-Agent "gecko" downgrade-1.0 force-response-1.0
#                         ^^^^^^^ Chrome, Edge, Firefox and Safari of today are treated as HTTP/1.0
```

## Good
### Old browsers alone
```
BrowserMatch "^Mozilla/[234]" nokeepalive
BrowserMatch "Version/[1-5]\.\S* .*Safari" nokeepalive
```

### Taken back by a later line
```
BrowserMatch Safari nokeepalive
BrowserMatch "Version/|Chrome/" !nokeepalive
```

### Everybody on purpose
```
BrowserMatch ".*" nokeepalive
```

### Near miss: marks that have no effect by themselves
```
BrowserMatch Chrome is-chrome
```

## References
https://httpd.apache.org/docs/2.4/env.html#special
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    EnvironmentLine,
    Severity,
    assumption,
    enumeration,
    environment_line,
    rule,
    settled,
)

from ._agents import current, variables_of

_HARM = {
    "downgrade-1.0": "are treated as HTTP/1.0",
    "nokeepalive": "lose persistent connections",
    "no-gzip": "get everything uncompressed",
    "gzip-only-text/html": "get compressed pages alone, no scripts or styles",
    "ssl-unclean-shutdown": "can't tell the end of a response from a cut",
}


@rule(
    code="SSL1103",
    name="workaround-hits-current-browsers",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/env.html#special",
    keys=("SetEnvIf", "SetEnvIfNoCase", "BrowserMatch", "BrowserMatchNoCase"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = environment_line(directive)
    harmful = [name for name in variables_of(line) if name in _HARM] if line is not None else []
    if line is None or not harmful or (directive.condition is not None and not directive.condition.likely):
        return
    found = _hit(line, harmful, context)
    if not found:
        return
    names = sorted({name.title() for name, _ in found})
    harm = next(_HARM[name] for name in _HARM if any(name == variable for _, variable in found))
    yield context.report(line.pattern_argument, f"{enumeration(names, 4)} of today {harm}", notes=assumption(directive))


def _hit(line: EnvironmentLine, harmful: list[str], context: Context) -> list[tuple[str, str]]:
    """The browsers and variables that are still set once all lines beside it have acted."""
    found = []
    for agent in current(line):
        final = settled(context.server, line.directive, tuple(_HARM), agent.text)
        found += [
            (agent.browser, name) for name in harmful if name in final and final[name][0].directive is line.directive
        ]
    return found
