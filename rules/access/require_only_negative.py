"""Lines that only say who is not meant decide nothing

## What it does
Reports `Require not` in `<RequireAny>`, `<RequireNone>` and `<Limit>`, `<RequireNone>` where lines are alternatives,
and `<RequireAll>` groups with nothing but these.

## Why
A line that says who is not meant lets nobody in: it can only take somebody out of those that another line lets in. So
httpd refuses to start with it where it could do nothing.

## Bad
### Alternatives
```
Listen 80
<Location /private>
    <RequireAny>
        Require not ip 192.0.2.0/24
        #       ^^^ this decides nothing in <RequireAny>, and httpd refuses it: put it into <RequireAll>
        Require ip 10.0.0.0/8
    </RequireAny>
</Location>
```

### Nothing but exceptions
```
Listen 80
<Location /private>
    <RequireAll>
    #<^^^^^^^^^ only exceptions stand here, and httpd refuses to start: add Require all granted
        Require not ip 192.0.2.0/24
        Require not ip 198.51.100.0/24
    </RequireAll>
</Location>
```

### A group by itself
```
Listen 80
<Location /private>
    <RequireNone>
    #<^^^^^^^^^^ this decides nothing in <Location /private>, and httpd refuses it: put it into <RequireAll>
        Require ip 192.0.2.0/24
    </RequireNone>
</Location>
```

### For some methods
```
Listen 80
<Location /private>
    <Limit POST>
        Require not ip 192.0.2.0/24
        #       ^^^ this decides nothing in <Limit POST>, and httpd refuses it: put it into <RequireAll>
    </Limit>
</Location>
```

## Good
### Exceptions from everybody
```
Listen 80
<Location /private>
    <RequireAll>
        Require all granted
        Require not ip 192.0.2.0/24
        <RequireNone>
            Require ip 198.51.100.0/24
        </RequireNone>
    </RequireAll>
</Location>
```

### A group inside
```
Listen 80
<Location /private>
    <RequireAny>
        Require ip 10.0.0.0/8
        <RequireAll>
            Require all granted
            Require not ip 192.0.2.0/24
        </RequireAll>
    </RequireAny>
</Location>
```

## Fix
### Nothing but exceptions
```
Listen 80
<Location /private>
    <RequireAll>
        Require all granted
        Require not ip 192.0.2.0/24
        Require not ip 198.51.100.0/24
    </RequireAll>
</Location>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#requireall;
`add_authz_section` and `authz_core_check_section` in mod_authz_core.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Safety,
    Section,
    Severity,
    assumption,
    insert_before,
    name_of,
    rule,
    usable,
)

_GROUPS = ("requireall", "requireany", "requirenone")
_LIMITS = ("limit", "limitexcept")


@rule(
    code="SSL1341",
    name="require-only-negative",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#requireall",
    keys=("requireall", "requireany", "requirenone", "limit", "limitexcept"),
    rejected=True,
)
def check(section: Section, context: Context) -> Iterator[Diagnostic]:
    if context.target.httpd.is_old or not usable([section]):
        return
    if section.key in _LIMITS and any(one.key in _GROUPS for one in section.enclosing):
        return  # Its lines are the group's.
    members = list(_members(section))
    if section.key == "requireall":
        if members and all(map(_is_negative, members)):
            message = "only exceptions stand here, and httpd refuses to start: add Require all granted"
            fix = context.fix("let the others in", insert_before(members[0], "Require all granted"))
            yield context.report(name_of(section), message, notes=assumption(section), fix=fix)
        return
    for one in members:
        if _is_negative(one) and not isinstance(one, Section):
            yield _found(context, one, section)
    if section.key == "requirenone" and section.parent is not None and section.parent.key != "requireall":
        yield _found(context, section, section.parent)


def _members(section: Section) -> Iterator[Directive]:
    """The Require lines and groups of a group, those in `<Limit>` included."""
    for one in usable(section.children):
        if isinstance(one, Section) and one.key in _LIMITS:
            yield from _members(one)
        elif one.key == "require" or one.key in _GROUPS:
            yield one


def _is_negative(one: Directive) -> bool:
    return one.key == "requirenone" or (one.key == "require" and one.keyword == "not")


def _found(context: Context, one: Directive, around: Section) -> Diagnostic:
    place = name_of(one) if isinstance(one, Section) else one.arguments[0]
    message = f"this decides nothing in {around.title}, and httpd refuses it: put it into <RequireAll>"
    return context.report(place, message, notes=assumption(one))
