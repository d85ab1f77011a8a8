"""Random hosts of the constructs that rules of errors look at, and what requests to them show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple
from urllib.parse import urlsplit

from asking.case import question

from sslint.analysis import analyse
from sslint.examples import ROOT
from sslint.files import MemoryFiles
from sslint.settings import Reading, RootSettings, Settings

from .client import Seen, landing, named, send
from .live import Backends, Running

MAIN = f"{ROOT}/apache2.conf"
SIGNS = {
    "redirect-slash-missing": "leads astray|glues a redirect",
    "rewrite-open-redirect": "leads astray",
    "proxypassmatch-ssrf": "asks a stranger",
    "rewrite-proxy-ssrf": "asks a stranger",
    "proxypass-slash-mismatch": "glues|asks a stranger",
    "redirect-loop": "circle",
    "rewrite-loop": "AH00124",
    "auth-without-type": "AH00027",
    "auth-without-name": "AH01615",
    "auth-without-user-file": "AH01619",
    "auth-without-require": "AH01627",
    "rewrite-without-symlinks": "AH00670",
    "alias-slash-mismatch": "serves a neighbour",
    "cors-wildcard-credentials": "wildcard with credentials",
    "header-sent-twice": "header twice",
}
"""What is seen where a rule is right: one of these. Most are seen only there."""
ALSO_ELSEWHERE = ("glues a redirect", "glues")
"""Signs that other constructs show as well, which no rule of errors is about."""
DEAD = ("proxypass-shadowed", "rewrite-leading-slash")
"""Rules that say of a line that it never acts: its own mark is never seen."""
FILES = {
    "/srv/www/old/page": "page\n",
    "/srv/pics/page": "picture\n",
    "/srv/picspage": "neighbour\n",
    "/srv/picsold/page": "neighbour\n",
}
"""What lies there besides."""
_PROBES = (
    "/", "/page", "/old/page", "/old", "/old/sub/page", "/.evil.test/", "/old/.evil.test/", "//evil.test/",
    "/evil.test/x",
    "/old/evil.test/x", "/@127.0.0.1:8081/x", "/old/@127.0.0.1:8081/x", "/127.0.0.1:8081/x", "/old/127.0.0.1:8081/x",
    "/old/sub/.evil.test/", "/old/.evil.test/page", "/old/a", "/page/sub", "/old.evil.test/", "/old@127.0.0.1:8081/x",
    "/page?to=evil.test/", "/page?to=127.0.0.1:8081/", "/old/page?to=.evil.test/",
)  # fmt: skip
_PATTERNS = (
    "^/old/(.*)$", "^(.*)$", "^/(.*)$", "^old/(.*)$", "/old/(.*)", "^/old(/.*)?$", "^/old(.*)", "^/old/([^/]+)/(.*)$",
    "^/old/([a-z]+)$", "^/?(.*)$", "(.*)", "^/+(.*)", "^/old/(sub|page)", "^", "^/old/?(.*)", "old(.*)$", "!^/page",
    r"^/((?:old|page).*)", r"^/([^.@:]*)$", "^/old/(.+/)?page", "^([^.]*)$",
)  # fmt: skip
_PATHS = ("/", "/old", "/old/", "/old/sub", "/page")
_HOSTS = ("https://www.example.org", "https://www.example.org:8443", "http://{name}", "https://{name}")
_CONDITIONS = (
    "%{HTTPS} off", "%{HTTPS} =on", "%{QUERY_STRING} ^to=(.*)$", "%{QUERY_STRING} to=([a-z]+)", "%{REQUEST_URI} !^/new",
    "%{REQUEST_URI} old(.*)", "%{HTTP_HOST} ^(.*)$", "%{HTTP_HOST} !=other.test", "%{REQUEST_FILENAME} !-f",
    "$1 ^[a-z]*$", "%{THE_REQUEST} ' /old/(.*) '",
)  # fmt: skip


class Host(NamedTuple):
    """Lines of a host that is met by plain HTTP and by TLS."""

    name: str
    lines: tuple[str, ...]
    is_single: bool
    """Whether it has only one construct, so that no other one hides it."""

    @property
    def is_plain(self) -> bool:
        """Whether its redirects ask for nothing but the address, as those must that rules follow."""
        return not any(line.startswith(("RewriteCond", "<Directory")) for line in self.lines)


class Difference(NamedTuple):
    """Where a rule and the server disagree."""

    host: Host
    what: str


def generated(count: int, seed: int) -> Iterator[Host]:
    """Hosts, the same for equal seeds."""
    random = Random(seed)
    kinds = (_redirect, _rewrite, _rewrite, _in_folder, _pass, _pass_match, _login, _alias, _headers, _headers)
    for number in range(count):
        name = f"g{number}.test"
        lines: list[str] = []
        marks = random.choice((1, 1, 1, 2, 2, 3))
        for mark in range(marks):
            lines += random.choice(kinds)(random, f"m{mark}")
        yield Host(name, tuple(line.replace("{name}", name) for line in lines), marks == 1)


def _target(random: Random, mark: str) -> str:
    place = random.choice(("", "/", f"/{mark}", f"/{mark}/", f"/{mark}?q="))
    return random.choice(_HOSTS) + place


def _redirect(random: Random, mark: str) -> list[str]:
    target = _target(random, mark)
    if random.random() < 0.5:
        return [f"Redirect {random.choice(('', '301 ', 'temp '))}{random.choice(_PATHS)} {target}"]
    return [f"RedirectMatch {random.choice(_PATTERNS[:-3])} {target}{random.choice(('', '$1', '/$1'))}"]


def _substitution(random: Random, mark: str) -> str:
    proxied = random.random() < 0.4
    scheme = random.choice((*["http://127.0.0.1:8080"] * 7, "http://")) if proxied else _host(random)
    behind = random.choice(
        ("$1",)
        if scheme == "http://"
        else ("$1", "/$1", f"/{mark}/$1", "%1", "/%1", "%{REQUEST_URI}", f"/{mark}", "/$1?to=$2")
    )
    flags = "P" if proxied else random.choice(("R", "R=301,L", "R,NE", "R=302,QSD"))
    return f"{scheme}{behind} [{flags}]"


def _host(random: Random) -> str:
    return random.choice((*_HOSTS, "https://%{HTTP_HOST}", "https://%{SERVER_NAME}"))


def _rewrite(random: Random, mark: str) -> list[str]:
    conditions = [f"RewriteCond {random.choice(_CONDITIONS)}" for _ in range(random.choice((0, 0, 0, 1, 2)))]
    conditions = [line + random.choice(("", "", " [OR]", " [NC]")) if line[-1] != "'" else line for line in conditions]
    if random.random() < 0.15:
        target = random.choice(("-", "/new/$1", "/old/$1"))
        flag = random.choice(("L", "PT", "C", "END"))
        return ["RewriteEngine on", f"RewriteRule {random.choice(_PATTERNS)} {target} [{flag}]"]
    return ["RewriteEngine on", *conditions, f"RewriteRule {random.choice(_PATTERNS)} {_substitution(random, mark)}"]


def _in_folder(random: Random, mark: str) -> list[str]:
    inside = _rewrite(random, mark)
    if random.random() < 0.4:
        target = random.choice(("index.php/$1", "new.php/$1", "/old/$1", "$1.php/x", "page"))
        inside = [
            "RewriteEngine on",
            f"RewriteRule {random.choice(_PATTERNS)} {target} [{random.choice(('L', 'END'))}]",
        ]
    options = random.choice(([], [], [], ["Options None"], ["Options -FollowSymLinks"], ["Options Indexes"]))
    return ["<Directory /srv/www>", *options, *inside, "</Directory>"]


def _pass(random: Random, mark: str) -> list[str]:
    path = random.choice(_PATHS)
    target = f"http://127.0.0.1:8080{random.choice(('', '/', f'/{mark}', f'/{mark}/'))}"
    if random.random() < 0.3:
        return [f"<Location {path}>", f"ProxyPass {target}", "</Location>"]
    return [f"ProxyPass {path} {target}"]


def _pass_match(random: Random, mark: str) -> list[str]:
    behind = random.choice(("", "$1", "/$1", f"/{mark}/$1", f"/{mark}$1", "/$1/$2"))
    host = random.choice((*["127.0.0.1:8080"] * 7, "$1"))
    return [f"ProxyPassMatch {random.choice(_PATTERNS[:-5])} http://{host}{behind}"]


def _login(random: Random, _: str) -> list[str]:
    lines = [
        "AuthType Basic",
        'AuthName "x"',
        "AuthUserFile /etc/apache2/passwords",
        random.choice(("Require valid-user", "Require user u", "Require all granted")),
    ]
    kept = [line for line in lines if random.random() < 0.75]
    kept += random.choice(([], [], ["Require valid-user"], ["Satisfy Any"], ["Require all denied"]))
    section = random.choice(("Location /old", "Directory /srv/www/old", "Location /", "LocationMatch ^/old"))
    return [f"<{section}>", *kept, f"</{section.split()[0]}>"]


def _headers(random: Random, _: str) -> list[str]:
    lines = [_header(random) for _ in range(random.choice((1, 2, 2, 3)))]
    at = random.randrange(len(lines) + 1)
    inside = lines[at:]
    section = random.choice(("Location /old", "Directory /srv/www/old", "Location /", "Directory /srv/www"))
    return [*lines[:at], *([f"<{section}>", *inside, f"</{section.split()[0]}>"] if inside else [])]


def _header(random: Random) -> str:
    name, values = random.choice(
        (
            ("X-Frame-Options", ("DENY", "SAMEORIGIN")),
            ("Access-Control-Allow-Origin", ("*", "https://app.test")),
            ("Access-Control-Allow-Credentials", ("true",)),
            ("Strict-Transport-Security", ("max-age=63072000", "max-age=31536000")),
        )
    )
    always = random.choice(("", "always "))
    action = random.choice(("set", "set", "set", "add", "setifempty", "unset"))
    return f"Header {always}{action} {name}" + ("" if action == "unset" else f" {random.choice(values)}")


def _alias(random: Random, _: str) -> list[str]:
    return [f"Alias {random.choice(_PATHS)} /srv/pics{random.choice(('', '/'))}"]


# The text of all, the model's findings, and what is seen


def text(hosts: Sequence[Host]) -> tuple[str, dict[int, Host]]:
    """One configuration with all hosts, and whose each line is."""
    lines = ["Listen 80", "Listen 443", "DocumentRoot /srv/www", "SSLCertificateFile /etc/ssl/certs/www.pem"]
    owner: dict[int, Host] = {}
    lines += ["<VirtualHost *:80>", "ServerName first.test", "</VirtualHost>"]
    lines += ["<VirtualHost *:443>", "ServerName first.test", "SSLEngine on", "</VirtualHost>"]
    for host in hosts:
        for port, engine in ((80, []), (443, ["SSLEngine on"])):
            lines += [f"<VirtualHost *:{port}>", f"ServerName {host.name}", *engine]
            for line in host.lines:
                lines.append(line)
                owner[len(lines)] = host
            lines.append("</VirtualHost>")
    return "\n".join(lines) + "\n", owner


def claimed(whole: str, owner: dict[int, Host]) -> dict[str, dict[str, set[str]]]:
    """For each host, the rules that report it, and the lines that they report."""
    settings = Settings(
        roots=(RootSettings(MAIN),), reading=Reading(server_root=ROOT), select=(*SIGNS, *DEAD), check_environment=False
    )
    report = analyse(MemoryFiles({MAIN: whole}), [MAIN], settings, everything=True)
    lines = whole.split("\n")
    found: dict[str, dict[str, set[str]]] = {}
    for one in report.diagnostics:
        number = one.source.position(one.span.start)[0]
        if number in owner:
            rules = found.setdefault(owner[number].name, {})
            rules.setdefault(one.slug, set()).add(lines[number - 1])
    return found


def observed(running: Running, backends: Backends, host: Host) -> Iterator[str]:
    """Signs that requests to a host show."""
    place = running.place
    before = len(running.log())
    for tls in ("", " tls=yes"):
        for path in _PROBES:
            backends.heard.clear()
            asked = question(f"GET {path} host={host.name}{tls}")
            seen = send(place, asked)
            where = {name.lower(): value for name, value in seen.headers}.get("location", "")
            yield from _astray(named(place, where))
            yield from _in_headers(seen)
            if seen.body.startswith("neighbour"):
                yield "serves a neighbour"
            for one in backends.heard:
                yield from _passed(one.port, one.line, path)
        if landing(place, question(f"GET / host={host.name}{tls}")) == "circle":
            yield "circle"
        send(place, question(f"GET /old/page host={host.name} user=u{tls}"))
        send(place, question(f"GET /page host={host.name} user=u{tls}"))
    yield from re.findall(r"AH\d{5}", running.log()[before:])


def _in_headers(seen: Seen) -> Iterator[str]:
    origins = [text for name, text in seen.headers if name == "Access-Control-Allow-Origin"]
    if origins == ["*"] and any(name == "Access-Control-Allow-Credentials" for name, _ in seen.headers):
        yield "wildcard with credentials"
    names = [name for name, _ in seen.headers]
    differing = [
        {text for name, text in seen.headers if name == one} for one in ("X-Frame-Options", "Strict-Transport-Security")
    ]
    once = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")
    if any(len(one) > 1 for one in differing) or any(names.count(name) > 1 for name in once):
        yield "header twice"


def _astray(target: str) -> Iterator[str]:
    if not target:
        return
    netloc = urlsplit(target).netloc
    if netloc.endswith("evil.test"):
        yield "leads astray"
    elif re.search(r"/m\d(page|old|\.evil|sub|evil)", target):
        yield "glues a redirect"
    yield from re.findall(r"(?<=/)m\d", target)


def _passed(port: str, line: str, path: str) -> Iterator[str]:
    if port == "8081":
        yield "asks a stranger"
    target = line.split()[1]
    if re.search(r"/m\d(page|old|sub|\.evil|evil)|//", target.partition("?")[0]) and not path.startswith("//"):
        yield "glues"
    yield from re.findall(r"(?<=/)m\d", target)


def differences(
    hosts: Sequence[Host], running: Running, backends: Backends, whole: str, owner: dict[int, Host]
) -> Iterator[Difference]:
    """Where rules and the server disagree."""
    said = claimed(whole, owner)
    for host in hosts:
        signs = set(observed(running, backends, host))
        rules = said.get(host.name, {})
        for slug in rules:
            if host.is_single and slug in SIGNS and signs.isdisjoint(SIGNS[slug].split("|")):
                yield Difference(host, f"{slug} is not seen ({', '.join(rules[slug])})")
            for line in rules[slug] if slug in DEAD and "!^" not in " ".join(rules[slug]) else ():
                for mark in re.findall(r"(?<=/)m\d", line):
                    if mark in signs:
                        yield Difference(host, f"{slug}, yet {mark} is seen")
        every = {sign for some in SIGNS.values() for sign in some.split("|")}
        unsaid = {*ALSO_ELSEWHERE, *(() if host.is_plain else ("circle",))}
        for sign in (signs & every) - unsaid:
            if not any(sign in SIGNS.get(slug, "").split("|") for slug in rules):
                yield Difference(host, f"{sign}, and no rule says so")
