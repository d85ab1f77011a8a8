from __future__ import annotations

from pathlib import Path

import pytest

from sslint.accept.values import Use, ValueProblem, check_values
from sslint.knowledge.regexes import regex_problem
from sslint.knowledge.subnets import SubnetProblem, subnet_problem
from sslint.knowledge.targets import Target, preset
from sslint.knowledge.versions import HttpdVersion
from sslint.syntax.lines import split_values

DEBIAN = preset("debian-12")
CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "test_values_cases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def use_of(text: str, place: str = "server", target: Target = DEBIAN, modules: frozenset[str] | None = None) -> Use:
    """The use that a line of configuration makes; of a section only the header counts."""
    line = text.replace("\\n", "\n").split("\n")[0].strip()
    is_section = line.startswith("<")
    if is_section:
        line = line[1 : line.rindex(">")]
    name, *rest = line.split(None, 1)
    raw = rest[0] if rest else ""
    place = {"balancer": "proxy"}.get(place, place)
    return Use(name.lower(), tuple(split_values(raw)), raw, is_section, place, target, modules)


def problems(text: str, place: str = "server", target: Target = DEBIAN) -> list[ValueProblem]:
    return check_values(use_of(text, place, target))


@pytest.mark.parametrize(("verdict", "place", "text"), CASES)
def test_agrees_with_the_server(verdict: str, place: str, text: str) -> None:
    found = problems(text, place)
    assert bool(found) == (verdict == "reject")
    use = use_of(text, place)
    for problem in found:
        whole = use.raw if problem.word is None else use.words[problem.word]
        assert 0 <= problem.start <= problem.end <= len(whole)
        assert problem.message


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("RewriteEngine yes", ["on"]),
        ("SSLEngine disabled", ["off"]),
        ("SSLProtocol all +TLS1.2", ["+TLSv1.2"]),
        ("SSLCipherSuite tlsv1.3 X", ["TLSv1.3"]),
        ("<VirtualHost 443>", ["*:443"]),
        ("ProxyDomain example.org", [".example.org"]),
        ("ProxyPass /a http://b/ keepalive=yes", ["keepalive=on"]),
        ("LuaScope ONCE", ["once"]),
        ("SSLProtocol nonsense", [None]),
    ],
)
def test_replacements(text: str, replaced: list[str | None]) -> None:
    found = problems(text)
    assert [problem.replacement for problem in found] == replaced
    for problem in found:
        if problem.replacement is not None and problem.word is not None:
            words = list(use_of(text).words)
            words[problem.word] = problem.replacement
            name = text.split(maxsplit=1)[0].lstrip("<").lower()
            assert not check_values(Use(name, tuple(words), " ".join(words), text[0] == "<", "server", DEBIAN))


@pytest.mark.parametrize(
    "text",
    [
        "Timeout foo", "SSLVerifyDepth foo", "SSLSessionCacheTimeout x", "MaxRequestWorkers foo", "Protocols foo",
        "PidFile /nowhere/x", "SetEnvIf Host a 1=2", "SSLUserName nonsense", "SSLCipherSuite NO:SUCH:CIPHER",
    ],
)  # fmt: skip
def test_what_only_looks_checked(text: str) -> None:
    assert problems(text) == []


def test_unresolved_variables_are_not_judged() -> None:
    assert problems("SSLEngine ${SSL}") == []
    assert problems("Listen ${PORT}") == []


@pytest.mark.parametrize(
    ("text", "version", "refused"),
    [
        ("SSLProtocol SSLv3", "2.4.6", False),
        ("ServerTokens foo", "2.4.6", False),
        ("ServerTokens foo", "2.4.10", True),
        ("Options +Indexes MultiViews", "2.2.34", False),
        ("RewriteEngine maybe", "2.2.34", True),
        ("ServerName *.example.org", "2.2.34", False),
        ("ProxyErrorOverride maybe", "2.4.46", True),
    ],
)
def test_older_servers(text: str, version: str, refused: bool) -> None:
    target = DEBIAN.replace(httpd=HttpdVersion.parse(version))
    assert bool(problems(text, target=target)) == refused


class OnlyThese:
    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def exists(self, path: str) -> bool | None:
        return None if path.startswith("/unknown") else path in self.paths


def test_missing_files_are_told_apart() -> None:
    files = OnlyThese("/etc/apache2/a.pem")
    assert check_values(use_of("SSLCertificateFile a.pem"), files) == []
    assert check_values(use_of("SSLCertificateFile /unknown/b.pem"), files) == []
    assert check_values(use_of("SSLCertificateFile /b.pem"), None) == []
    (problem,) = check_values(use_of("SSLCertificateFile /b.pem"), files)
    assert problem.environment


def test_unknown_providers_need_certainty() -> None:
    stock = DEBIAN.static_modules | {"ssl_module", "authz_core_module", "mpm_event_module"}
    text = "Require claim sub:x"
    assert check_values(use_of(text, "directory")) == []
    assert check_values(use_of(text, "directory", modules=stock))
    assert check_values(use_of(text, "directory", modules=stock | {"auth_openidc_module"})) == []


@pytest.mark.parametrize(
    "pattern", ["^a", "a{,3}", "[]a]", "[^]]", "(?i)a", "a{2}", "{a", "^*", r"\d+", "(?<n>a)", "a++"]
)
def test_regexes_that_compile(pattern: str) -> None:
    assert regex_problem(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [("(", 0), ("a)", 1), ("a**", 2), ("[a", 0), ("*a", 0), ("[b-a]", 1), ("a{3,1}", 1), ("a\\", 1), (r"(a)\2", 3)],
)
def test_regexes_that_do_not(pattern: str, offset: int) -> None:
    found = regex_problem(pattern)
    assert found is not None
    assert found.offset == offset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", None), ("10.1.", None), ("10.0.0.0/8", None), ("10.0.0.0/255.0.0.0", None), ("::1", None),
        ("fe80::/10", None), ("0.0.0.0/0", SubnetProblem.BAD_MASK), ("10/8", SubnetProblem.BAD_ADDRESS),
        ("300.1.1.1", SubnetProblem.BAD_ADDRESS), ("host", SubnetProblem.NOT_AN_ADDRESS),
    ],
)  # fmt: skip
def test_subnets(text: str, expected: SubnetProblem | None) -> None:
    assert subnet_problem(text) is expected
