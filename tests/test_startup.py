"""What passes `httpd -t` and then fails: versions, inheritance, and what must not be said."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest

from sslint.configuration import expand
from sslint.configuration.expand import Role
from sslint.files import MemoryFiles, ReadError
from sslint.knowledge.targets import DEFAULT, Target, preset
from sslint.knowledge.versions import HttpdVersion
from sslint.server import Server, build
from sslint.tls.startup import KINDS, Effect, StartFailure, start_failures

MAIN = "/etc/apache2/httpd.conf"
HOST = "Listen 443\n<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLCertificateFile a.pem\n{}\n</VirtualHost>\n"
DEBIAN = preset("debian-12")


def server(
    text: str,
    target: Target = DEFAULT,
    role: Role = "main",
    files: Mapping[str, str] | None = None,
    read: Callable[[str], bytes] | None = None,
) -> Server:
    contents = {MAIN: text, **{f"/etc/apache2/{name}.conf": one for name, one in (files or {}).items()}}
    return build(expand(MAIN, MemoryFiles(contents), target, role=role, server_root="/etc/apache2"), read=read)


def failures(text: str, target: Target = DEFAULT, role: Role = "main", **files: str) -> list[StartFailure]:
    return list(start_failures(server(text, target, role, files)))


def kinds(text: str, target: Target = DEFAULT, role: Role = "main", **files: str) -> list[str]:
    return [failure.kind for failure in failures(text, target, role, **files)]


def old(httpd: str, openssl: str) -> Target:
    return DEFAULT.replace(httpd=HttpdVersion.parse(httpd)).with_openssl(openssl)


def test_a_working_server_has_none() -> None:
    assert kinds(HOST.format("SSLProtocol -all +TLSv1.2 +TLSv1.3\nSSLCipherSuite ECDHE+AESGCM")) == []


def test_every_kind_can_be_asked_for_alone() -> None:
    one = server(HOST.format("SSLProtocol -SSLv3\nSSLUseStapling on"))
    found = {kind: [failure.kind for failure in start_failures(one, kind)] for kind in KINDS}
    assert {kind: names for kind, names in found.items() if names} == {
        "ssl-protocol-empty-set": ["ssl-protocol-empty-set"],
        "stapling-without-cache": ["stapling-without-cache"],
    }


def test_a_failure_tells_effect_number_place_and_hosts() -> None:
    (failure,) = failures(HOST.format("SSLProtocol -SSLv3"))
    assert failure.effect is Effect.START
    assert failure.code == "AH02231"
    assert failure.problem.source.text[slice(*failure.problem.span)] == "-SSLv3"
    assert [host.name for host in failure.hosts] == ["a"]
    assert failure.directive is not None and failure.directive.key == "sslprotocol"


def test_one_line_for_many_hosts_is_one_failure() -> None:
    host = "<VirtualHost *:443>\nServerName {}\nSSLEngine on\nSSLCertificateFile a.pem\n</VirtualHost>\n"
    text = "Listen 443\nSSLCipherSuite RC4-SHA\n" + "".join(host.format(name) for name in "abcdef")
    (failure,) = failures(text)
    assert len(failure.hosts) == 6
    assert failure.problem.message == (
        "The string selects no cipher suite for a (*:443), b (*:443), c (*:443) and 3 more: "
        "the server does not start (AH01898)"
    )


def test_a_macro_that_is_used_twice_is_one_failure() -> None:
    text = (
        "Listen 443\n<Macro Site $n>\n<VirtualHost *:443>\nServerName $n\nSSLEngine on\nSSLCertificateFile a.pem\n"
        "SSLProtocol -SSLv3\n</VirtualHost>\n</Macro>\nUse Site a\nUse Site b\n"
    )
    (failure,) = failures(text)
    assert [host.name for host in failure.hosts] == ["a", "b"]


# Versions


def test_messages_of_old_servers_have_no_number() -> None:
    (failure,) = failures(HOST.format("SSLProtocol -all"), old("2.2.34", "1.0.1"))
    assert failure.code == ""
    assert failure.problem.message.endswith("no protocol version: the server does not start")


def test_the_number_for_a_missing_certificate_changed() -> None:
    text = "Listen 443\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n"
    assert [one.code for one in failures(text, old("2.4.6", "1.0.1"))] == ["AH02240"]
    assert [one.code for one in failures(text)] == ["AH02572"]


@pytest.mark.parametrize(
    ("openssl", "value", "fails"),
    [
        ("3.0.19", "X25519MLKEM768:X25519", True),
        ("3.5.4", "X25519MLKEM768:X25519", False),
        ("3.2.2", "?foo:X25519", True),
        ("3.3.1", "?foo:X25519", False),
        ("1.1.1w", "x25519", True),
        ("1.1.1w", "X25519:P-256", False),
        ("3.0.19", "x25519", False),
        ("1.0.2k", "X25519", True),
        ("1.0.2k", "P-256:P-384", False),
    ],
)
def test_groups_by_the_library(openssl: str, value: str, fails: bool) -> None:
    text = HOST.format(f"SSLOpenSSLConfCmd Curves {value}")
    found = kinds(text, DEFAULT.replace(httpd=HttpdVersion(2, 4, 25)).with_openssl(openssl))
    assert ("group-unknown-for-target" in found) is fails


@pytest.mark.parametrize(
    ("openssl", "value", "fails"),
    [
        ("1.1.1w", "KTLS", True),
        ("3.0.19", "KTLS", False),
        ("3.2.2", "PreferNoDHEKEX", True),
        ("3.5.4", "PreferNoDHEKEX", False),
        ("1.0.2k", "EncryptThenMac", True),
        ("1.1.1w", "-EncryptThenMac,+bugs", False),
    ],
)
def test_options_by_the_library(openssl: str, value: str, fails: bool) -> None:
    text = HOST.format(f"SSLOpenSSLConfCmd Options {value}")
    assert kinds(text, DEFAULT.with_openssl(openssl)) == ["confcmd-value-refused"] * fails


def test_a_list_for_tls13_with_one_wrong_name() -> None:
    text = HOST.format("SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:FOO")
    assert kinds(text, preset("debian-11")) == ["tls13-suite-unknown"]
    assert kinds(text) == []


def test_the_policy_of_red_hat_is_at_home_there() -> None:
    text = HOST.format("SSLCipherSuite PROFILE=SYSTEM")
    assert kinds(text, preset("rhel-9")) == []
    assert kinds(text, DEBIAN) == ["cipher-string-no-match"]


def test_a_server_of_2_2_lets_anybody_in_without_require() -> None:
    text = "Listen 80\n<Location />\nAuthType Basic\nAuthName x\nAuthUserFile f\n</Location>\n"
    assert kinds(text) == ["auth-without-require"]
    assert kinds(text, old("2.2.34", "1.0.1")) == []


def test_httpd_1_3_opens_port_80_by_itself() -> None:
    assert kinds("ServerName a\n", old("1.3.42", "0.9.8")) == []
    assert kinds("ServerName a\n", old("2.0.65", "0.9.8")) == ["listen-missing"]


@pytest.mark.parametrize(
    ("httpd", "code"), [("2.2.34", ""), ("2.4.6", ""), ("2.4.25", "AH02569"), ("2.4.29", "AH02569"), ("2.4.30", None)]
)
def test_hosts_that_share_the_main_servers_record(httpd: str, code: str | None) -> None:
    text = "Listen 443\nSSLEngine on\nSSLCertificateFile a.pem\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n"
    found = [one.code for one in failures(text, old(httpd, "1.0.2"))]
    assert found == ([] if code is None else [code])
    with_section = text.replace("ServerName a", "<Location />\nSSLRequireSSL\n</Location>")
    assert kinds(with_section, old(httpd, "1.0.2")) == []


def test_sockets_that_freebsd_lets_share_a_port() -> None:
    text = "Listen 80\nListen 127.0.0.1:80\n"
    assert kinds(text) == ["listen-overlap"]
    assert kinds(text, preset("freebsd")) == []


# What is not known


def test_nothing_is_said_of_what_a_fragments_server_may_bring() -> None:
    text = (
        "<VirtualHost *:443>\nSSLEngine on\nSSLUseStapling on\nSSLVerifyClient require\nSSLCARevocationCheck chain\n"
        "ProxyPass / https://b/\n<Location />\nRequire valid-user\n</Location>\n</VirtualHost>\n"
    )
    assert kinds(text, role="fragment") == []


def test_a_fragments_own_lists_are_judged() -> None:
    text = "SSLProtocol -SSLv3\nSSLCipherSuite RC4-SHA\nSSLOpenSSLConfCmd MinProtocol tlsv1.2\n"
    assert kinds(text, role="fragment") == [
        "ssl-protocol-empty-set",
        "cipher-string-no-match",
        "confcmd-value-refused",
    ]


def test_nothing_is_missing_where_a_file_could_not_be_read() -> None:
    text = HOST.format("SSLUseStapling on\nSSLVerifyClient require").replace("SSLCertificateFile a.pem\n", "")
    assert len(kinds(text)) == 3
    assert kinds(text + "Include elsewhere.conf\n") == []
    assert kinds(text + "Include cache.conf\n", cache="SSLStaplingCache shmcb:c(9999)\n") == [
        "ssl-engine-without-cert",
        "verify-client-without-ca",
    ]


def test_a_line_under_a_condition_that_nobody_knows_may_help() -> None:
    text = "<IfDefine LIVE>\nSSLStaplingCache shmcb:c(9999)\nSSLCACertificateFile ca.pem\n</IfDefine>\n"
    assert kinds(text + HOST.format("SSLUseStapling on\nSSLVerifyClient require")) == []


def test_what_a_finding_takes_for_granted_is_told() -> None:
    (failure,) = failures(HOST.format("<IfModule mod_foo.c>\nSSLProtocol -SSLv3\n</IfModule>\nSSLProtocol -TLSv1\n"))
    assert failure.problem.notes == ()
    text = "<IfDefine SSL>\n" + HOST.format("SSLProtocol -SSLv3") + "</IfDefine>\n"
    (failure,) = [one for one in failures(text) if one.kind == "ssl-protocol-empty-set"]
    assert any("<IfDefine SSL>" in note for note in failure.problem.notes)


def test_variables_that_nobody_defines_are_not_judged() -> None:
    assert kinds(HOST.format("SSLCipherSuite ${CIPHERS}\nSSLProtocol ${P}\nSSLOpenSSLConfCmd Groups ${G}")) == []
    assert kinds(HOST.format("Define C RC4-SHA\nSSLCipherSuite ${C}")) == ["cipher-string-no-match"]


def test_a_module_under_a_condition_that_nobody_knows_may_be_there() -> None:
    loading = "LoadModule mpm_event_module e.so\nLoadModule proxy_module p.so\nListen 80\nProxyPass / fcgi://b/\n"
    more = "<IfDefine FCGI>\nLoadModule proxy_fcgi_module f.so\n</IfDefine>\n"
    for text, expected in ((loading, ["proxy-scheme-without-module"]), (loading + more, [])):
        target = DEBIAN.replace(static_modules=DEBIAN.static_modules - {"mpm_event_module"})
        configuration = expand(MAIN, MemoryFiles({MAIN: text}), target, modules_certain=True)
        assert [one.kind for one in start_failures(build(configuration))] == expected


def test_words_that_the_check_refuses_are_left_to_it() -> None:
    assert kinds(HOST.format("SSLProtocol TLSv1.4")) == []
    assert kinds(HOST.format("SSLProtocol +SSLv3"), DEBIAN) == []


def test_a_library_that_nobody_measured_says_nothing_of_lists() -> None:
    text = HOST.format("SSLCipherSuite RC4-SHA\nSSLOpenSSLConfCmd Groups foo")
    assert kinds(text, DEFAULT.replace(openssl="9.9.9")) == []


def test_files_that_may_not_be_read_are_not_judged() -> None:
    text = HOST.format("SSLCACertificateFile ca.pem\nSSLSessionTicketKeyFile key")

    def read(_: str) -> bytes:
        raise ReadError("outside of what was given")

    assert not start_failures(server(text))
    assert not start_failures(server(text, read=read))
    assert [one.kind for one in start_failures(server(text, read=lambda _: b"text"))] == [
        "certificate-refused",
        "ca-file-refused",
        "ticket-key-too-short",
    ]


# Logins


LOGIN = "AuthType Basic\nAuthName x\nAuthUserFile f\n"


@pytest.mark.parametrize(
    "inside",
    [
        f"<Location />\n{LOGIN}Require all granted\n</Location>\n<Location /a>\nRequire valid-user\n</Location>\n",
        '<Location /a>\nRequire valid-user\n</Location>\n<If "true">\nAuthType Basic\n</If>\n',
        "<Location /a>\nAuthType Basic\nAuthName x\nAuthMySQL On\nRequire valid-user\n</Location>\n",
        "<Location /a>\nAuthType shibboleth\nRequire valid-user\n</Location>\n",
        "<Location /a>\nRequire not user a\nRequire all granted\n</Location>\n",
        "<Location /a>\nRequire valid-user\nSatisfy Any\nAllow from all\n</Location>\n",
        "<Directory /elsewhere>\nRequire valid-user\n</Directory>\n",
        "<Location /a>\nSSLUserName SSL_CLIENT_S_DN_CN\nRequire valid-user\n</Location>\n",
    ],
)
def test_logins_that_may_work(inside: str) -> None:
    assert kinds(f"Listen 80\nDocumentRoot /srv/www\n{inside}") == []


def test_a_section_of_the_main_server_is_told_once() -> None:
    text = "Listen 80\n<Location /a>\nRequire valid-user\n</Location>\n"
    text += "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n"
    assert kinds(text) == ["auth-without-type"]


# Robustness


PIECES = (
    "Listen 443", "Listen", "Listen [", "Listen x:y", "Listen 80", "SSLEngine on", "SSLEngine", "SSLProtocol",
    "SSLProtocol -x", "SSLProtocol ''", "SSLCipherSuite", "SSLCipherSuite TLSv1.3", 'SSLCipherSuite "',
    "SSLCipherSuite :",
    "SSLCipherSuite TLSv1.3 :", "SSLOpenSSLConfCmd", "SSLOpenSSLConfCmd Groups", 'SSLOpenSSLConfCmd Groups ":"',
    "SSLOpenSSLConfCmd Options ,", "SSLOpenSSLConfCmd SignatureAlgorithms +", "SSLOpenSSLConfCmd NumTickets -9",
    "SSLOpenSSLConfCmd Protocol -ALL", "SSLUseStapling", "SSLUseStapling on", "SSLCARevocationCheck", "SSLVerifyClient",
    "SSLVerifyClient require", "<VirtualHost *:443>", "</VirtualHost>", "<VirtualHost>", "<Location />", "</Location>",
    "<Proxy *>", "</Proxy>", "<Proxy>", "ProxyPass", "ProxyPass /", "ProxyPass / https://", "ProxyPass / balancer://x",
    "RewriteRule a https://b [P", "RewriteRule a https://b [P]", 'SetHandler "proxy:https:', "BalancerMember",
    "SSLProxyEngine on", "SSLProxyProtocol", "SSLProxyCipherSuite x", "Require", "Require valid-user", "Require not",
    "AuthType", "AuthType Basic", "MDomain", "MDomain a", "MDomain b a", "LoadModule", "LoadModule auth_form_module x",
    "SSLCACertificateFile", "SSLSessionTicketKeyFile ''", "TypesConfig", "SSLProxyCARevocationCheck leaf",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_odd_lines_never_break_it(seed: int) -> None:
    chance = random.Random(seed)
    text = "\n".join(chance.choices(PIECES, k=chance.randint(3, 30)))
    target = chance.choice([DEFAULT, DEBIAN, old("2.2.34", "1.0.1"), old("2.0.65", "0.9.8"), preset("rhel-8")])
    role: Role = chance.choice(["main", "fragment"])
    for failure in start_failures(server(text, target, role, read=lambda _: b"-----BEGIN X")):
        source, span = failure.problem.source, failure.problem.span
        assert 0 <= span.start <= span.end <= len(source.text)
        assert failure.kind in KINDS


# Edits


def test_one_edit_mends_all_lines_that_lack_the_same() -> None:
    text = "Listen 80\n<VirtualHost *:80>\n\tProxyPass /a https://a/\n\tProxyPass /b https://b/\n</VirtualHost>\n"
    first, second = failures(text)
    assert first.problem.edits == second.problem.edits
    assert [edit.text for edit in first.problem.edits] == ["\tSSLProxyEngine on\n"]


def test_a_list_loses_everything_that_is_refused() -> None:
    text = HOST.format('SSLOpenSSLConfCmd Groups "foo:P-256:bar:prime256v1"')
    (failure,) = failures(text, DEBIAN)
    assert [edit.text for edit in failure.problem.edits] == ["P-256"]


def test_what_a_macro_or_a_variable_writes_is_left_alone() -> None:
    text = "Listen 80\n<Macro P $h>\nProxyPass / https://$h/\n</Macro>\n<VirtualHost *:80>\nUse P b\n</VirtualHost>\n"
    (failure,) = failures(text)
    assert failure.problem.edits == ()
    (failure,) = failures("Define G foo:P-256\n" + HOST.format("SSLOpenSSLConfCmd Groups ${G}"), DEBIAN)
    assert failure.problem.edits == ()
