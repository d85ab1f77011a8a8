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
