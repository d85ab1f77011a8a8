"""A comment behind a list, whose words are taken for members of the list

## What it does
Reports `#` and what follows it behind directives that take any number of words, and behind `Require user` and the
like.

## Why
A `#` begins a comment only where a line begins. Elsewhere it is a word, and so are those behind it: `ServerAlias
www.example.org # the old name` answers to the hosts `#`, `the`, `old` and `name`, and `Require user ann # admin` lets
in a user called `admin`. Where the number of words is fixed, httpd refuses the line.

## Bad
### Names
```
<VirtualHost *:80>
    ServerName www.example.org
    ServerAlias example.org # the old name
    #                       ^^^^^^^^^^^^^^ httpd knows no comment behind a directive: ServerAlias takes these words...
</VirtualHost>
```

### Taken out, it seems
```
DirectoryIndex index.php #index.html
#                        ^^^^^^^^^^^ httpd knows no comment behind a directive: DirectoryIndex takes these words...
```

### Users
```
<Directory /srv/www>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require user ann # admin
    #                ^^^^^^^ httpd knows no comment behind a directive: Require takes these words like those before
</Directory>
```

## Good
### On a line of its own
```
<VirtualHost *:80>
    ServerName www.example.org
    # the old name
    ServerAlias example.org
</VirtualHost>
```

### Patterns with a number sign
```
IndexIgnore .??* *~ *# #*
```

## Fix
### Names
```
<VirtualHost *:80>
    ServerName www.example.org
    # the old name
    ServerAlias example.org
</VirtualHost>
```

### Users
```
<Directory /srv/www>
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    # admin
    Require user ann
</Directory>
```

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `ap_build_config_sub` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0044",
    name="trailing-comment",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html#syntax",
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "give the comment a line of its own")
