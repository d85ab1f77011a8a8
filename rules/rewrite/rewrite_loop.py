r"""A rule of a folder that takes its own result again

## What it does
Reports `RewriteRule` lines in `<Directory>` and `.htaccess` that turn a path into another one inside the folder, and
that one into a third, and so on; and those of the document root that lead to a URL path, which is taken again even
if it stays the same.

## Why
After the rules of a folder have changed the path, the request starts anew, and meets them again; `L` ends only the
one round. After ten rounds httpd gives up: status 500, "Request exceeded the limit of 10 internal redirects"
(AH00124). `END` ends the rules for good, or a condition excepts what has been rewritten.

## Bad
### Everything to a script, again and again
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^(.*)$ index.php/$1 [L]
#           ^^^^^^ takes its own result again: page becomes index.php/page, then index.php/index.php/page: status 500...
```
### To a URL path, which is not compared with what was asked for
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^(.*)$ /index.php [L]
    #           ^^^^^^ takes its own result again: page becomes index.php, then index.php: status 500 (AH00124)
</Directory>
```

## Good
### END
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^(.*)$ index.php/$1 [END]
```

### A condition
```
#--- role: htaccess
RewriteEngine on
RewriteCond %{REQUEST_URI} !/index\.php/
RewriteRule ^(.*)$ index.php/$1 [L]
```

### A rule before it
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^index\.php/ - [L]
RewriteRule ^(.*)$ index.php/$1 [L]
```

### A folder, which may have rules of its own that stand for these
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^(.*)$ public/$1 [L]
```

### The result stays what it is
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^(.*)$ index.php?page=$1 [QSA,L]
```

### To the same path of the folder, where the rounds end
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^(.*)$ index.php [L]
</Directory>
```
### Out of the folder
```
Listen 80
DocumentRoot /srv/www
Alias /app.php /srv/app/start.php
<Directory /srv/www>
    RewriteEngine on
    RewriteRule ^(.*)$ /app.php [L]
</Directory>
```
### A condition about the URL path
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    RewriteEngine on
    RewriteCond %{REQUEST_URI} !^/index\.php
    RewriteRule ^(.*)$ /index.php [L]
</Directory>
```
### Files are left alone
```
#--- role: htaccess
RewriteEngine on
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule ^(.*)$ index.php/$1 [L]
```

## Fix
### Everything to a script, again and again
```
#--- role: htaccess
RewriteEngine on
RewriteRule ^(.*)$ index.php/$1 [END]
```

## Limits
Rules with results in another folder are not followed, nor are conditions on files, variables and the
request line.

## References
https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_end; `hook_fixup` in mod_rewrite.c
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    Directive,
    Edit,
    Fix,
    Reach,
    RuleSet,
    Safety,
    Server,
    Severity,
    assumption,
    rewritten_in_folder,
    rule,
    rule_sets,
)

_UNKNOWN = re.compile(r"%\{(?:ENV:|THE_REQUEST|IS_SUBREQ|QUERY_STRING|REDIRECT|HTTP)|REDIRECT_", re.IGNORECASE)
_ROUNDS = 10
_LAST = re.compile(r"(?<=[\[,])(?:L|last)(?=[\],])", re.IGNORECASE)


@rule(
    code="SSL1711",
    name="rewrite-loop",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_end",
    needs=("rewriterule",),
    htaccess=True,
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for found in rule_sets(server):
        if found.sees_slash is not False or any(_UNKNOWN.search(one.text) for one in found.lines):
            continue
        culprit = _culprit(found)
        if culprit is None:
            continue
        line, paths = culprit
        yield context.report(
            line.arguments[0],
            f"takes its own result again: {paths[0]} becomes {paths[1]}, then {paths[2]}: status 500 (AH00124)",
            notes=assumption(line, found.host.condition),
            fix=_fix(line, context),
        )


def _culprit(found: RuleSet) -> tuple[Directive, list[str]] | None:
    """The rule that is met in every round, and the paths of the first ones."""
    paths, lines = ["page"], set[Directive]()
    is_root = _is_root(found)
    for _ in range(_ROUNDS + 1):
        result = rewritten_in_folder(found.rules, paths[-1], is_root=is_root)
        if result is None or _is_in_folder(result.path) or (result.path in paths and not result.is_url):
            return None
        if result.is_url and not _comes_back(found, result.path):
            return None
        paths.append(result.path)
        lines.add(result.directive)
    return (lines.pop(), paths[:3]) if len(lines) == 1 else None


def _is_root(found: RuleSet) -> bool:
    """Whether the folder is the one that the host's URLs stand for."""
    if found.scope is None:
        return False
    root = Reach.of(found.host.server).mapper(found.host).where("/").path
    return root is not None and root.rstrip("/") == found.scope.argument.rstrip("/")


def _comes_back(found: RuleSet, path: str) -> bool:
    """Whether a URL path leads into the folder, and is not the folder's own path written out."""
    if found.scope is None or f"/{path}".startswith(found.scope.argument):
        return False
    where = Reach.of(found.host.server).mapper(found.host).where(f"/{path}")
    return where.backend is None and where.path is not None and found.scope.covers(where)


def _is_in_folder(path: str) -> bool:
    """Whether a path leads on into a folder, where other rules may stand for these."""
    first, slash, _ = path.partition("/")
    return bool(slash) and "." not in first


def _fix(line: Directive, context: Context) -> Fix | None:
    words = line.arguments
    if len(words) < 3:
        return None
    text = words[2].source.text[words[2].span.start : words[2].span.end]
    if not _LAST.search(text):
        return None
    return context.fix("end the rules for good", Edit(words[2].source, words[2].span, _LAST.sub("END", text)))
