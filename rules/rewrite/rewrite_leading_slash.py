r"""A RewriteRule's pattern begins as no path does there

## What it does
Reports patterns of `RewriteRule` that begin with `^/` in a folder (`<Directory>`, `.htaccess`), and patterns that
begin with `^` and a letter or digit outside of folders.

## Why
In a folder, the path loses what leads to the folder, and the slash, before it is compared: `^/old` never matches
there, and `!^/old` always does. Outside, in a virtual host or the main server, every path begins with a slash:
`^old` never matches. Rules that were moved from one place to the other silently stop acting.

## Bad
### From the virtual host into the folder
```
Listen 80
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
    #           ^^^^^^^^^^^ never matches: in a folder, paths are compared without the leading slash
</Directory>
```

### From .htaccess into the virtual host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^old/(.*)$ /new/$1 [R=301,L]
    #           ^^^^^^^^^^ never matches: outside of folders, every path begins with a slash
</VirtualHost>
```

### A ban that bans everybody
```
#--- role: htaccess
RewriteEngine on
RewriteRule !^/public - [F]
#           ^^^^^^^^^ always matches: in a folder, paths are compared without the leading slash
```

## Good
### Each in its place
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
    <Directory /srv/www>
        RewriteEngine on
        RewriteRule ^old/(.*)$ /new/$1 [R=301,L]
    </Directory>
</VirtualHost>
```

### Fit for both
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^/?old/(.*)$ /new/$1 [R=301,L]
RewriteRule ^(/|index)\.html$ /new [R=301,L]
RewriteRule ^/*old$ /new
```

### A forward proxy got whole URLs, in older releases
```
Listen 127.0.0.1:3128
ProxyRequests On
RewriteEngine on
RewriteRule ^http://ads\. - [F]
```

### A fragment that may be included in a folder, or not
```
#--- role: fragment
RewriteRule ^old$ /new
RewriteRule ^/old$ /new
```

## Fix
### From the virtual host into the folder
```
Listen 80
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^old/(.*)$ /new/$1 [R=301,L]
</Directory>
```

### From .htaccess into the virtual host
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
</VirtualHost>
```

### A ban that bans everybody
```
#--- role: htaccess
RewriteEngine on
RewriteRule !^public - [F]
```

## Limits
The fix is unsafe, since the rules begin to act. Patterns with alternatives, and sections for several folders, are
left alone.

## References
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule ("What is matched?")
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Edit,
    Fix,
    RewriteRule,
    RuleSet,
    Safety,
    Server,
    Severity,
    Span,
    assumption,
    never_fits,
    rule,
    rule_sets,
)


@rule(
    code="SSL1709",
    name="rewrite-leading-slash",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule",
    needs=("rewriterule",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        if found.sees_slash is None or _is_forward_proxy(found):
            continue
        why = (
            "outside of folders, every path begins with a slash"
            if found.sees_slash
            else "in a folder, paths are compared without the leading slash"
        )
        for number, one in enumerate(found.rules):
            if not never_fits(one.pattern, found.sees_slash) or _may_be_changed(found.rules[:number]):
                continue
            always = one.pattern.startswith("!")
            yield context.report(
                one.directive.arguments[0],
                f"{'always' if always else 'never'} matches: {why}",
                notes=assumption(one.directive, found.host.condition),
                fix=_fix(one, found.sees_slash, context),
            )


def _is_forward_proxy(found: RuleSet) -> bool:
    """Whether clients may ask for whole URLs, which begin with their scheme."""
    return found.host.keyword("proxyrequests") == "on"


def _may_be_changed(before: list[RewriteRule]) -> bool:
    """Whether an earlier rule, which the later ones follow, makes another kind of path."""
    ends = ("R", "REDIRECT", "L", "LAST", "END", "F", "FORBIDDEN", "G", "GONE", "P", "PROXY", "PT", "PASSTHROUGH")
    return any(one.target != "-" and one.has(*ends) is None for one in before)


def _fix(one: RewriteRule, sees_slash: bool, context: Context) -> Fix | None:
    word = one.directive.arguments[0]
    text = word.source.text[word.span.start : word.span.end]
    place = word.span.start + text.find("^") + 1
    if sees_slash:
        return context.fix("begin with a slash", Edit(word.source, Span(place, place), "/"))
    length = 2 if text[place - word.span.start] == "\\" else 1
    return context.fix("begin without the slash", Edit(word.source, Span(place, place + length), ""))
