"""An Alias ends in a slash on one side only

## What it does
Reports `Alias` and `ScriptAlias` whose URL path ends in a slash and whose folder does not.

## Why
httpd puts what follows the URL path behind the folder as it stands: of `Alias /icons/ /usr/share/icons` and a
request for `/icons/a.png` comes the file `/usr/share/iconsa.png`. Nobody finds anything, unless a folder beside
begins with the same letters: then its files are served.

## Bad
### No slash behind the folder
```
Alias /icons/ /usr/share/apache2/icons
#             ^^^^^^^^^^^^^^^^^^^^^^^^ /icons/a.png leads to /usr/share/apache2/iconsa.png: end the folder in a...
```

### For programs
```
<VirtualHost *:80>
    ScriptAlias "/cgi-bin/" "/usr/lib/cgi-bin"
    #                       ^^^^^^^^^^^^^^^^^^ /cgi-bin/a.cgi leads to /usr/lib/cgi-bina.cgi: end the folder in a...
</VirtualHost>
```

## Good
### Both, neither, or the folder alone
```
Alias /icons/ /usr/share/apache2/icons/
Alias /manual /usr/share/doc/apache2
Alias /pictures /srv/pictures/
```

### One file
```
Alias /favicon.ico /srv/www/favicon.ico
Alias / /srv/www/closed.html
AliasMatch ^/a/(.*) /srv/a/$1
```

## Fix
### No slash behind the folder
```
Alias /icons/ /usr/share/apache2/icons/
```

### For programs
```
<VirtualHost *:80>
    ScriptAlias "/cgi-bin/" "/usr/lib/cgi-bin/"
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_alias.html#alias; `try_alias_list` in mod_alias.c. Tried on httpd 2.4.71.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, add_to, assumption, rule


@rule(
    code="SSL0042",
    name="alias-slash-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_alias.html#alias",
    keys=("alias", "scriptalias"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    words = directive.arguments
    if len(words) != 2 or not words[0].value.endswith("/"):
        return
    folder = words[1].value
    is_file = "." in folder.rpartition("/")[2]
    if not folder or folder.endswith("/") or "%{" in folder or "${" in folder or is_file:
        return
    end = "a.cgi" if directive.key == "scriptalias" else "a.png"
    yield context.report(
        words[1],
        f"{words[0].value}{end} leads to {folder}{end}: end the folder in a slash, too",
        label="no slash at the end",
        notes=assumption(directive),
        fix=context.fix("end the folder in a slash", add_to(words[1], "/")) if directive.pieces is None else None,
    )
