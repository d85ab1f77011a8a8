"""Random access control: old and new style, Satisfy, SSLRequireSSL and StrictRequire in nested sections."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from .case import Case, question

_LOGIN = 'AuthType Basic\nAuthName "x"\nAuthUserFile {root}/passwords\n'
_LEAVES = (
    "all granted", "all denied", "ssl", "valid-user", "user u", "user v", "ip 127.0.0.1", "ip 10.0.0.0/8", "local",
    "method GET", "method POST", "env MARK", "expr \"%{HTTPS} == 'on'\"", "expr \"%{REQUEST_METHOD} == 'GET'\"",
    "ssl-verify-client", "expr \"%{REMOTE_USER} == 'u'\"",
)  # fmt: skip
_OLD = (
    "Order allow,deny", "Order deny,allow", "Allow from all", "Allow from 127", "Allow from 10.0.0.0/8",
    "Deny from all", "Deny from 127.0.0.1/32", "Allow from env=MARK", "Deny from env=!MARK", "Order mutual-failure",
)  # fmt: skip
_TLS = (
    "SSLRequireSSL", "SSLOptions +StrictRequire", "SSLOptions StdEnvVars", "SSLOptions -StrictRequire",
    "SSLOptions StrictRequire", 'SSLRequire %{HTTPS} eq "on"', 'SSLRequire %{REQUEST_METHOD} eq "POST"',
    'SSLRequire %{REMOTE_ADDR} =~ m/^10/',
)  # fmt: skip
_SECTIONS = (
    "Location /", "Location /a", "LocationMatch ^/a/", "Directory {root}/www", "Directory {root}/www/a",
    "DirectoryMatch www/a", "Files x.txt", "Location /a/b", "If \"%{HTTPS} == 'on'\"", 'If "true"',
)  # fmt: skip
_QUESTIONS = ("GET /a/x.txt", "GET /a/x.txt user=u", "POST /a/x.txt user=u", "GET /a/b/x.txt X-Mark:yes")


def generated(count: int, seed: int) -> Iterator[Case]:
    """Cases that a server accepts; the same for equal seeds."""
    random = Random(seed)
    for number in range(count):
        text = "SetEnvIf X-Mark yes MARK\n" + (random.choice(_TLS[1:5]) + "\n" if random.random() < 0.2 else "")
        text += "".join(_section(random) for _ in range(random.choice((1, 1, 2, 2, 3))))
        yield Case(f"random{seed}-{number}", text, 0, tuple(map(question, _QUESTIONS)))


def _section(random: Random, depth: int = 0) -> str:
    name = random.choice(_SECTIONS if not depth else ("Files x.txt", 'If "true"'))
    lines = _lines(random)
    if depth == 0 and random.random() < 0.3 and not name.startswith(("Files", "If", "Location")):
        lines.append(_section(random, 1))
    return f"<{name}>\n{''.join(lines)}</{name.split()[0]}>\n"


def _lines(random: Random) -> list[str]:
    lines = [_LOGIN] if random.random() < 0.5 else []
    if random.random() < 0.2:
        lines.append(f"AuthMerging {random.choice(('And', 'Or', 'Off'))}\n")
    lines += [f"{random.choice(_TLS)}\n" for _ in range(random.choice((0, 0, 1, 2)))]
    if random.random() < 0.4:
        lines += [f"{random.choice(_OLD)}\n" for _ in range(random.choice((1, 2, 3)))]
    if random.random() < 0.4:
        lines.append(f"Satisfy {random.choice(('Any', 'Any', 'All'))}\n")
    if random.random() < 0.7:
        lines += _requirements(random, "requireany", 0)
    if random.random() < 0.15:
        kind = random.choice(("Limit", "LimitExcept"))
        inner = "".join(_requirements(random, "requireany", 1)) + (random.choice(_OLD) + "\n")
        lines.append(f"<{kind} {random.choice(('GET', 'POST', 'GET POST'))}>\n{inner}</{kind}>\n")
    return lines


def _requirements(random: Random, around: str, depth: int) -> list[str]:
    """Require lines; negated ones only where the server takes them, beside one that is not."""
    lines = [f"Require {random.choice(_LEAVES)}\n" for _ in range(random.choice((1, 1, 2)))]
    if around == "requireall" and random.random() < 0.4:
        lines.append(f"Require not {random.choice(_LEAVES)}\n")
    if depth < 2 and random.random() < 0.4:
        kind = random.choice(("RequireAll", "RequireAny"))
        lines.append(f"<{kind}>\n{''.join(_requirements(random, kind.lower(), depth + 1))}</{kind}>\n")
    if around == "requireall" and random.random() < 0.2:
        lines.append(f"<RequireNone>\n{''.join(_requirements(random, 'requirenone', 2))}</RequireNone>\n")
    return lines


_PATHS = ("/a", "/a/b", "/a/", "/x.txt", "/z", "/")
_TARGETS = ("https://x.test/", "https://x.test/new", "http://127.0.0.1:1/")
_CONDITIONS = (
    "%{HTTPS} off", "%{HTTPS} =on", "%{HTTPS} !on [NC]", "%{SERVER_PORT} !^443$", "%{REQUEST_URI} ^/a/b [OR]",
    "%{REQUEST_URI} !^/z", "%{REQUEST_METHOD} =POST", "%{REQUEST_METHOD} !^(GET|HEAD)$ [OR]", "%{HTTP:X-Mark} ^yes$",
    "%{REQUEST_SCHEME} =http", "%{REMOTE_ADDR} ^127\\.", "%{HTTP_HOST} ^random [NC]", "%{QUERY_STRING} =q",
    "%{DOCUMENT_ROOT}%{REQUEST_URI} -f", "%{ENV:MARK} =1", "expr \"%{HTTPS} == 'on'\"", "%{THE_REQUEST} x\\.txt",
)  # fmt: skip
_PATTERNS = ("^/a", "^/a/(.*)", "^", "^/x", "(.*)", "!^/a", "\\.txt$", "^/Z [NC]")
_RESULTS = (
    "- [F]", "- [G]", "https://x.test%{REQUEST_URI} [R=301,L]", "https://x.test/$1 [R]", "- [L]", "- [R=404]",
    "/z/$1 [PT]", "/a/x.txt", "/a/b/x.txt [L]", "http://127.0.0.1:1/$1 [P]", "- [S=1]", "- [C]", "https://x.test/",
    "/a/b/ [PT,L]", "- [END]", "/none",
)  # fmt: skip
_ROUTES = (
    "GET /a/x.txt", "GET /a/b/", "POST /a/b/x.txt", "GET /z/x.txt X-Mark:yes", "GET /x.txt?q", "GET /a",
    "GET /inherited/alias/a/x.txt", "GET /inherited/redirect", "GET /inherited/proxy/x", "GET /inherited/rewrite",
)  # fmt: skip


def generated_routes(count: int, seed: int) -> Iterator[Case]:
    """Cases with redirects, rewriting, aliases and proxies; the same for equal seeds."""
    random = Random(seed)
    for number in range(count):
        lines = ["SetEnvIf X-Mark yes MARK"]
        for _ in range(random.choice((1, 2, 3, 4))):
            lines += random.choice((_redirect, _rewrite, _alias, _proxy, _guard, _inside))(random)
        yield Case(f"routes{seed}-{number}", "\n".join(lines) + "\n", 0, tuple(map(question, _ROUTES)))


def _redirect(random: Random) -> list[str]:
    target = random.choice(_TARGETS)
    return [
        random.choice(
            (
                f"Redirect {random.choice(_PATHS)} {target}",
                f"Redirect permanent {random.choice(_PATHS)} {target}",
                f"Redirect gone {random.choice(_PATHS)}",
                f"RedirectMatch 303 ^/a/(b|x) {target}",
                "RedirectMatch 404 \\.txt$",
            )
        )
    ]


def _rules(random: Random) -> list[str]:
    lines: list[str] = []
    for _ in range(random.choice((1, 1, 2, 3))):
        lines += [f"RewriteCond {random.choice(_CONDITIONS)}" for _ in range(random.choice((0, 0, 1, 1, 2)))]
        pattern, _, flag = random.choice(_PATTERNS).partition(" ")
        result = random.choice(_RESULTS)
        if flag:
            result = result.replace("]", ",NC]") if "[" in result else f"{result} [NC]"
        lines.append(f"RewriteRule {pattern} {result}")
    return lines


def _rewrite(random: Random) -> list[str]:
    options = ["RewriteOptions Inherit"] if random.random() < 0.2 else []
    return [f"RewriteEngine {random.choice(('on', 'on', 'on', 'off'))}", *options, *_rules(random)]


def _alias(random: Random) -> list[str]:
    folder = random.choice(("{root}/other", "{root}/www/a", "{root}/www"))
    return [
        random.choice(
            (f"Alias /z {folder}", f"Alias /z/ {folder}/", f"AliasMatch ^/z/(.*) {folder}/$1", f"Alias /a/b {folder}")
        )
    ]


def _proxy(random: Random) -> list[str]:
    path = random.choice(_PATHS)
    return random.choice(
        (
            [f"ProxyPass {path} http://127.0.0.1:1/"],
            [f"ProxyPass {path} !", "ProxyPass / http://127.0.0.1:1/"],
            [r"ProxyPassMatch \.txt$ http://127.0.0.1:1"],
            ["<Location /a>", "ProxyPass http://127.0.0.1:1/", "</Location>"],
            ["ProxyPass /a http://127.0.0.1:1/", "<Location /a/b>", "ProxyPass !", "</Location>"],
        )
    )


def _guard(random: Random) -> list[str]:
    name = random.choice((*_SECTIONS[:-2], "Directory {root}/other", "Location /z", 'Proxy "*"'))
    line = random.choice(
        ("SSLRequireSSL", "Require ssl", "Require all denied", "Require all granted", "Require method GET")
    )
    return [f"<{name}>", line, f"</{name.split()[0]}>"]


def _inside(random: Random) -> list[str]:
    """Redirects and rules inside sections."""
    name = random.choice(
        ("Location /a", "Directory {root}/www/a", "LocationMatch ^/a/b", "If \"%{HTTPS} == 'off'\"", "Location /z")
    )
    whole = [f"Redirect {random.choice(('301 ', ''))}https://x.test/in"]
    rules = [
        "RewriteEngine on",
        random.choice(("RewriteRule ^ https://x.test/ [R=307,L]", "RewriteRule x\\.txt$ - [F]")),
    ]
    lines = random.choice((whole, ["Redirect /a/b https://x.test/b"], ["Redirect gone"], rules))
    return [f"<{name}>", *lines, f"</{name.split()[0]}>"]
