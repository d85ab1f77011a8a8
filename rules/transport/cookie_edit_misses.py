r"""Flags are added to cookies of the wrong table: the application's stay without them

## What it does
Reports `Header edit Set-Cookie` lines that never see the cookies of what a host serves: with `always` where
everything comes from a backend by HTTP or AJP, and without it where everything comes from CGI or FastCGI programs.

## Why
mod_headers keeps two tables. The headers of a backend by HTTP lie in the one for successful responses, those of CGI
and FastCGI programs in the one for all responses (`always`). `edit` looks only at its own: the line that should make
the sessions `Secure` and `HttpOnly` does nothing, and no one is told.

## Bad
### A backend by HTTP
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
    Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
#          ^^^^^^ never sees the backend's cookies: those lie in the other table, of Header edit without always
</VirtualHost>
```

### PHP by FastCGI
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPassMatch ^/(.*\.php)$ fcgi://127.0.0.1:9000/srv/www/$1
    Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"
#          ^^^^ never sees the programs' cookies: those lie in the other table, of Header always edit
</VirtualHost>
```

## Good
### The right table
```
Listen 80
<VirtualHost *:80>
    ProxyPass / http://127.0.0.1:8080/
    Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
<VirtualHost *:80>
    ServerName cgi.example.org
    ScriptAlias /cgi-bin/ /srv/cgi-bin/
    Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

### Both tables
```
Listen 80
<VirtualHost *:80>
    ProxyPass / http://127.0.0.1:8080/
    Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"
    Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

### Near miss: a backend and programs
```
Listen 80
<VirtualHost *:80>
    ScriptAlias /cgi-bin/ /srv/cgi-bin/
    ProxyPass /app http://127.0.0.1:8080/app
    Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

### Near miss: nothing tells where the cookies come from
```
Listen 80
<VirtualHost *:80>
    DocumentRoot /srv/www
    Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

## Fix
### A backend by HTTP
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPass / http://127.0.0.1:8080/
    Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

### PHP by FastCGI
```
Listen 80
<VirtualHost *:80>
    ServerName www.example.org
    ProxyPassMatch ^/(.*\.php)$ fcgi://127.0.0.1:9000/srv/www/$1
    Header always edit Set-Cookie ^(.*)$ "$1; HttpOnly"
</VirtualHost>
```

## References
https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header; `ap_scan_script_header_err_core` in server/util_script.c,
`ap_proxy_read_headers` in mod_proxy_http.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import (
    Context,
    Diagnostic,
    HeaderLine,
    Reach,
    Safety,
    Section,
    Server,
    Severity,
    VirtualHost,
    assumption,
    header_lines,
    rule,
    walk,
)

from ._headers import to_other_table
from ._hosts import host_of

_BACKENDS = ("http", "https", "ajp", "h2", "h2c")
_PROGRAMS = ("fcgi", "scgi", "uwsgi")
_SCRIPTS = ("scriptalias", "scriptaliasmatch", "fcgidwrapper", "fcgiwrapper")
_HANDLERS = ("sethandler", "addhandler", "addtype")
_OTHERS = frozenset({"cookietracking", "session", "wsgiscriptalias", "perlhandler", "addhandler"})


@rule(
    code="SSL1044",
    name="cookie-edit-misses",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header",
    needs=("header",),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    edits: dict[Section | None, list[HeaderLine]] = {}
    for line in header_lines(server).get("set-cookie", ()):
        if line.does.startswith("edit"):
            edits.setdefault(line.directive.parent, []).append(line)
    for section, lines in edits.items():
        host = host_of(lines[0].directive, server) if section is not None and section.key == "virtualhost" else None
        if host is None or len({line.always for line in (*lines, *edits.get(None, ()))}) > 1:
            continue
        source = _source(host)
        if source is not None and lines[0].always is (source == "the backend's"):
            yield from (_report(line, source, context) for line in lines)


def _report(line: HeaderLine, source: str, context: Context) -> Diagnostic:
    other = "Header edit without always" if line.always else "Header always edit"
    return context.report(
        line.directive.arguments[0],
        f"never sees {source} cookies: those lie in the other table, of {other}",
        notes=assumption(line.directive),
        fix=context.fix("edit the other table", to_other_table(line)),
    )


def _source(host: VirtualHost) -> str | None:
    """Whose cookies all cookies of a host are, where they lie in one table; None where that can't be told."""
    schemes = {one.backend.partition(":")[0] for one in Reach.of(host.server).mapper(host).proxied if one.backend}
    header = host.header
    inner = {one.key: one for one in walk(header.children)} if header is not None else {}
    if not _OTHERS.isdisjoint(inner) or "sethandler" in inner or _runs_php(host.server):
        return None
    scripts = any(host.all(key) for key in _SCRIPTS)
    if schemes and schemes.issubset(_BACKENDS) and not scripts:
        return "the backend's"
    return "the programs'" if (schemes or scripts) and schemes.issubset(_PROGRAMS) else None


def _runs_php(server: Server) -> bool:
    """Whether the main server hands files of all hosts to a program, such as PHP; looked for once."""
    if _runs_php not in server.memory:
        items = [*server.main.sections, *(one for key in _HANDLERS for one in server.main.own.get(key, ()))]
        lines = (one for one in walk(items) if one.key in _HANDLERS)
        server.memory[_runs_php] = any("php" in one.text.lower() or "fcgi" in one.text.lower() for one in lines)
    return bool(server.memory[_runs_php])
