r"""Any site's scripts may read the responses: the Origin is echoed

## What it does
Reports `Access-Control-Allow-Origin` that gives back the request's own `Origin`, unchecked, or after a check by
`SetEnvIf` whose pattern lets other sites through. Patterns are tried with addresses that an attacker could register.

## Why
A browser lets a script of another site read a response only if the header names that site. Who echoes whatever asks
lets everybody read; with `Access-Control-Allow-Credentials` also what the visitor sees after a login. A pattern
with an open beginning or a bare dot also fits `https://attackerexample.org` or `https://wwwxexample.org`.

## Bad
### Whoever asks
```
SetEnvIf Origin "(.*)" ORIGIN=$1
Header always set Access-Control-Allow-Origin "%{ORIGIN}e" env=ORIGIN
#                                             ^^^^^^^^^^^^ any site's scripts may read the responses, for instance...
```

### The beginning is open
```
SetEnvIf Origin "^https://.*example\.org$" ALLOWED=$0
Header set Access-Control-Allow-Origin "%{ALLOWED}e" env=ALLOWED
#                                      ^^^^^^^^^^^^^ any site's scripts may read what a visitor sees after a login...
Header set Access-Control-Allow-Credentials "true" env=ALLOWED
```

### A bare dot
```
SetEnvIf Origin "^https://www.example.org$" ALLOWED=$0
Header set Access-Control-Allow-Origin %{ALLOWED}e env=ALLOWED
#                                      ^^^^^^^^^^^ any site's scripts may read the responses, for instance those of...
```

### An expression without a condition
```
Header always set Access-Control-Allow-Origin "expr=%{HTTP:Origin}"
#                                             ^^^^^^^^^^^^^^^^^^^^^ any site's scripts may read the responses, for...
```

## Good
### The whole origin
```
SetEnvIf Origin "^https://(www|app)\.example\.org$" ALLOWED=$0
Header set Access-Control-Allow-Origin "%{ALLOWED}e" env=ALLOWED
```

### Any subdomain, and only these
```
SetEnvIf Origin "^https://([a-z0-9-]+\.)*example\.org(:\d+)?$" ALLOWED=$0
Header set Access-Control-Allow-Origin "%{ALLOWED}e" env=ALLOWED
```

### Near miss: only the part that fits is given back
```
SetEnvIf Origin "^https://www\.example\.org" ALLOWED=$0
Header set Access-Control-Allow-Origin "%{ALLOWED}e" env=ALLOWED
```

### Near miss: another variable
```
SetEnvIf Host "(.*)" NAME=$1
Header set Access-Control-Allow-Origin "https://%{NAME}e"
```

### Near miss: an expression under a condition
```
Header always set Access-Control-Allow-Origin "expr=%{HTTP:Origin}" "expr=%{HTTP:Origin} in {'https://a.example.org'}"
```

## References
https://fetch.spec.whatwg.org/#http-access-control-allow-origin
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    EnvironmentLine,
    HeaderLine,
    Section,
    Server,
    Severity,
    assumption,
    environment_line,
    header_line,
    header_lines,
    rule,
)

from ._variables import setters_of

_VARIABLE = re.compile(r"%\{([^}]+)\}e\Z")
_ECHO = re.compile(r"expr=%\{(?:HTTP|req):\s*Origin\s*\}\Z|expr=%\{HTTP_ORIGIN\}\Z", re.IGNORECASE)
_NAME = re.compile(r"((?:[A-Za-z0-9-]+(?:\\?\.))+[A-Za-z]{2,})")
_ATTACKER = "https://attacker.example"


@rule(
    code="SSL1034",
    name="cors-reflects-any-origin",
    severity=Severity.WARNING,
    since="0.1.0",
    reference="https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
    keys=("header",),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    line = header_line(directive) if "allow-origin" in directive.text.lower() else None
    if line is None or line.name != "access-control-allow-origin" or not line.gives or line.value is None:
        return
    origin, setter = _let_through(line, context.server)
    if not origin:
        return
    related = [(setter.pattern_argument, f"this fits {origin}")] if setter is not None else []
    with_login = _with_credentials(directive.parent, context.server)
    what = "what a visitor sees after a login" if with_login else "the responses"
    yield context.report(
        line.value,
        f"any site's scripts may read {what}, for instance those of {origin}",
        related=related,
        notes=assumption(directive),
        severity=Severity.ERROR if with_login else None,
    )


def _let_through(line: HeaderLine, server: Server) -> tuple[str, EnvironmentLine | None]:
    """An origin of an attacker that is echoed, and the line that lets it through; empty if none is."""
    assert line.value is not None
    if _ECHO.match(line.value.value):
        return (_ATTACKER, None) if line.when is None else ("", None)
    variable = _VARIABLE.match(line.value.value)
    if variable is None:
        return "", None
    for setter in setters_of(variable.group(1), server):
        found = environment_line(setter) if setter.key.startswith("setenvif") else None
        origin = _fitting(found, variable.group(1)) if found is not None else ""
        if origin:
            return origin, found
    return "", None


def _fitting(line: EnvironmentLine, variable: str) -> str:
    """An attacker's origin that a line takes over; empty if its pattern lets none through."""
    if line.attribute.lower() != "origin" or line.pattern is None:
        return ""
    if not any(action.variable == variable and "$" in action.argument.value for action in line.actions):
        return ""
    for origin in _attempts(line.pattern_argument.value):
        match = line.pattern.search(origin)
        if match is not None and _echoes(line, variable, match, origin):
            return origin
    return ""


def _echoes(line: EnvironmentLine, variable: str, match: re.Match[str], origin: str) -> bool:
    """Whether the variable becomes the whole origin: a part of it helps no attacker."""
    for action in line.actions:
        if action.variable == variable:
            template = action.argument.value.partition("=")[2]
            text = re.sub(r"\$(\d)", lambda found: _group(match, int(found.group(1))), template)
            return text == origin
    return False


def _group(match: re.Match[str], number: int) -> str:
    return (match.group(number) or "") if number <= match.re.groups else ""


def _attempts(pattern: str) -> Iterator[str]:
    """Origins that an attacker could have, made of the names in a pattern."""
    yield _ATTACKER
    for name in _NAME.findall(pattern):
        plain = name.replace("\\", "")
        yield f"https://{plain}.attacker.example"
        yield f"https://attacker{plain}"
        if plain.count(".") > 1:
            yield f"https://{plain.replace('.', 'x', 1)}"


def _with_credentials(parent: Section | None, server: Server) -> bool:
    around = {parent, None, *(parent.enclosing if parent is not None else ())}
    lines = header_lines(server).get("access-control-allow-credentials", ())
    return any(line.gives and line.directive.parent in around for line in lines)
