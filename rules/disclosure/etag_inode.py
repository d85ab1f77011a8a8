"""ETags tell the inode numbers of files

## What it does
Reports `FileETag` lines with `INode` or `All` that no later line in the same place overrides.

## Why
Each answer's `ETag` then holds the number of the file in its file system, which is nobody's business, and which
differs between the machines of a cluster, so that caches load everything twice. From 2.4 on it is left out by default.

## Bad
### All
```
Listen 80
FileETag All
#        ^^^ the ETag of every answer tells the file's inode number, which differs on every machine
```

### Named
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    FileETag INode MTime Size
    #        ^^^^^ the ETag of every...
</Directory>
```

## Good
### The default
```
Listen 80
FileETag MTime Size
```

### None
```
Listen 80
FileETag None
```

### Taken out
```
Listen 80
FileETag -INode
```

## Fix
### All
```
Listen 80
FileETag MTime Size
```

### Named
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    FileETag MTime Size
</Directory>
```

## References
CIS Apache HTTP Server 2.4 Benchmark 8.4; https://httpd.apache.org/docs/2.4/mod/core.html#fileetag
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Argument,
    Context,
    Diagnostic,
    Directive,
    Fix,
    Safety,
    Severity,
    all_arguments,
    assumption,
    is_overridden,
    replace,
    rule,
)


@rule(
    code="SSL1205",
    name="etag-inode",
    severity=Severity.INFO,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/core.html#fileetag",
    keys=("fileetag",),
    default=False,
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    for word in words:
        if word.value.lower() in ("inode", "+inode", "all", "+all") and not is_overridden(context.server, directive):
            message = "the ETag of every answer tells the file's inode number, which differs on every machine"
            yield context.report(word, message, notes=assumption(directive), fix=_fix(directive, words, context))
            return


def _fix(directive: Directive, words: tuple[Argument, ...], context: Context) -> Fix | None:
    if any(word.value[:1] in "+-" for word in words):
        return None
    kept = [word.value for word in words if word.value.lower() in ("mtime", "size")] or ["MTime", "Size"]
    place = all_arguments(directive)
    return context.fix("leave the inode out", replace(place, " ".join(kept)))
