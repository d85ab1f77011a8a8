"""What passes `httpd -t` and then fails, against the installed httpd: started, or refused with its number."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sslint.configuration import expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import preset
from sslint.server import build
from sslint.tls.startup import Effect, StartFailure, start_failures

HTTPD = shutil.which("apache2")
OPENSSL = shutil.which("openssl")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(
    not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no Debian httpd with its modules here"
)

TARGET = preset("debian-12")
LOADED = (
    "mpm_event authz_core authn_core authn_file auth_basic authz_user authz_host access_compat alias rewrite "
    "socache_shmcb ssl slotmem_shm dir"
)
PROXY = "proxy proxy_http"
BALANCER = f"{PROXY} proxy_balancer lbmethod_byrequests"


class Case(NamedTuple):
    """A configuration: lines of the virtual host, lines of the server before it, and the failures to come.

    `certificate` is the kind of key, empty for none; `modules` are loaded beside the usual ones, `without` are
    not. `path` is what is asked for, and `status` the answer where requests fail.
    `{port}`, `{back}` and `{root}` are filled in.
    """

    host: str = ""
    kinds: str = ""
    server: str = ""
    certificate: str = "rsa"
    modules: str = ""
    without: str = ""
    path: str = "/"
    listen: str = "Listen 127.0.0.1:{port}"
    tls: bool = True
    status: int = 500


def tls(host: str = "", kinds: str = "", **more: Any) -> Case:
    """A host that speaks TLS."""
    return Case(host, kinds, **more)


def own(host: str, kinds: str) -> Case:
    """A host that speaks TLS, with lines of its own for the certificate."""
    return Case(host, kinds, certificate="")


def plain(server: str, kinds: str = "", **more: Any) -> Case:
    """A server without TLS."""
    return Case("", kinds, server, certificate="", tls=False, **more)


def section(lines: str, kinds: str = "", **more: Any) -> Case:
    """A server without TLS whose root asks for something."""
    return plain(f"<Location />\n{lines}\n</Location>\n", kinds, **more)


def folder(lines: str, kinds: str = "", **more: Any) -> Case:
    """A server without TLS whose files stand under lines."""
    return plain(f"<Directory {{root}}/www>\n{lines}\n</Directory>\n", kinds, **more)


def backend(lines: str, kinds: str = "", modules: str = PROXY) -> Case:
    """A server that passes requests to a TLS backend of its own."""
    return plain(
        "Listen 127.0.0.1:{back}\n<VirtualHost *:{back}>\nSSLEngine on\nSSLCertificateFile {root}/rsa.pem\n"
        f"SSLCertificateKeyFile {{root}}/rsa.key\n</VirtualHost>\n{lines}",
        kinds,
        modules=modules,
        path="/a/",
    )


CHECK_OFF = "SSLProxyEngine on\nSSLProxyCheckPeerName off\n"
TO_PEER = "ProxyPass /a/ https://127.0.0.1:{back}/\n"
ONE_MEMBER = "<Proxy balancer://x>\nBalancerMember http://127.0.0.1:1\n</Proxy>\nProxyPass /b balancer://x/\n"
BASIC = "AuthType Basic\nAuthName x\nAuthUserFile {root}/passwords\n"

CASES = {
    "tls": tls(),
    "plain": plain(""),
    # Protocols
    "protocol-minus": tls("SSLProtocol -SSLv3", "ssl-protocol-empty-set"),
    "protocol-minus-all": tls("SSLProtocol all -all", "ssl-protocol-empty-set"),
    "protocol-inherited": tls("", "ssl-protocol-empty-set", server="SSLProtocol -TLSv1 -TLSv1.1"),
    "protocol-overridden": tls("SSLProtocol all -SSLv3", server="SSLProtocol -all"),
    "protocol-plain-server": plain("SSLProtocol -all"),
    "protocol-gap": tls("SSLProtocol all -TLSv1.2"),
    "protocol-proxy": plain("SSLProxyEngine on\nSSLProxyProtocol -SSLv3", "ssl-protocol-empty-set", modules=PROXY),
    "protocol-proxy-off": plain("SSLProxyProtocol -SSLv3\nSSLProxyCipherSuite FOO", modules=PROXY),
    "protocol-proxy-section": plain(
        "<Proxy https://127.0.0.1:1/>\nSSLProxyEngine on\nSSLProxyProtocol -all\n</Proxy>",
        "ssl-protocol-empty-set",
        modules=PROXY,
    ),
    # Cipher suites
    "cipher-unknown": tls("SSLCipherSuite FOO", "cipher-string-no-match"),
    "cipher-emptied": tls("SSLCipherSuite HIGH:!AES:!CAMELLIA:!ARIA:!CHACHA20", "cipher-string-no-match"),
    "cipher-command": tls('SSLCipherSuite "HIGH:@FOO"', "cipher-string-no-match"),
    "cipher-level": tls('SSLCipherSuite "HIGH:@SECLEVEL=9"', "cipher-string-no-match"),
    "cipher-system": tls("SSLCipherSuite PROFILE=SYSTEM", "cipher-string-no-match"),
    "cipher-gone": tls("SSLCipherSuite RC4-SHA:RC4-MD5", "cipher-string-no-match"),
    "cipher-saved-too-late": tls("SSLCipherSuite FOO\nSSLOpenSSLConfCmd CipherString HIGH", "cipher-string-no-match"),
    "cipher-in-section": tls(
        "SSLProtocol TLSv1.2\n<Location />\nSSLCipherSuite FOO\n</Location>", "cipher-string-no-match", status=403
    ),
    "cipher-in-section-good": tls("SSLProtocol TLSv1.2\n<Location />\nSSLCipherSuite HIGH\n</Location>"),
    "cipher-in-section-plain": section("SSLCipherSuite FOO"),
    "cipher-half-unknown": tls("SSLCipherSuite FOO:HIGH"),
    "cipher-plain-server": plain("SSLCipherSuite FOO"),
    "cipher-proxy": plain("SSLProxyEngine on\nSSLProxyCipherSuite FOO", "cipher-string-no-match", modules=PROXY),
    "cipher-proxy-section": plain(
        "SSLProxyEngine on\n<Proxy https://127.0.0.1:1/>\nSSLProxyCipherSuite FOO\n</Proxy>",
        "cipher-string-no-match",
        modules=PROXY,
    ),
    "cipher-proxy-section-off": plain(
        "<Proxy https://127.0.0.1:1/>\nSSLProxyCipherSuite FOO\n</Proxy>", modules=PROXY
    ),
    "old-list-alone": tls("SSLCipherSuite TLS_AES_128_GCM_SHA256", "tls13-suite-in-old-list"),
    "old-list-beside": tls("SSLCipherSuite TLS_AES_128_GCM_SHA256:HIGH"),
    "tls13-unknown": tls("SSLCipherSuite TLSv1.3 FOO", "tls13-suite-unknown"),
    "tls13-older": tls("SSLCipherSuite TLSv1.3 ECDHE-RSA-AES128-GCM-SHA256", "tls13-suite-unknown"),
    "tls13-blank": tls('SSLCipherSuite TLSv1.3 " "', "tls13-suite-unknown"),
    "tls13-half-unknown": tls("SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:FOO"),
    "tls13-proxy": plain(
        "SSLProxyEngine on\nSSLProxyCipherSuite TLSv1.3 FOO", "tls13-suite-unknown", modules=PROXY
    ),
    # Commands
    "group-newer": tls("SSLOpenSSLConfCmd Groups X25519MLKEM768:X25519", "group-unknown-for-target"),
    "group-optional": tls("SSLOpenSSLConfCmd Groups ?X25519MLKEM768:X25519", "group-unknown-for-target"),
    "group-typo": tls("SSLOpenSSLConfCmd Curves P-265", "group-unknown-for-target"),
    "group-overridden": tls(
        "SSLOpenSSLConfCmd Groups foo\nSSLOpenSSLConfCmd Groups P-256", "group-unknown-for-target"
    ),
    "group-inherited": tls("", "group-unknown-for-target", server="SSLOpenSSLConfCmd Groups foo"),
    "group-auto": tls("SSLOpenSSLConfCmd ECDHParameters auto", "group-unknown-for-target"),
    "group-automatic": tls("SSLOpenSSLConfCmd ECDHParameters Automatic"),
    "group-two": tls("SSLOpenSSLConfCmd ECDHParameters P-256:P-384", "group-unknown-for-target"),
    "group-twice": tls("SSLOpenSSLConfCmd Groups P-256:prime256v1", "group-unknown-for-target"),
    "group-good": tls("SSLOpenSSLConfCmd Groups x25519:secp521r1:ffdhe2048"),
    "group-plain-server": plain("SSLOpenSSLConfCmd Groups foo"),
    "command-limit": tls("SSLOpenSSLConfCmd MinProtocol TLSv9", "confcmd-value-refused"),
    "command-limit-case": tls("SSLOpenSSLConfCmd MinProtocol tlsv1.2", "confcmd-value-refused"),
    "command-limit-ssl2": tls("SSLOpenSSLConfCmd MinProtocol SSLv2", "confcmd-value-refused"),
    "command-limit-good": tls("SSLOpenSSLConfCmd MinProtocol SSLv3\nSSLOpenSSLConfCmd MaxProtocol None"),
    "command-limit-datagrams": tls("SSLOpenSSLConfCmd MinProtocol DTLSv1.2"),
    "command-versions": tls("SSLOpenSSLConfCmd Protocol -TLSv9", "confcmd-value-refused"),
    "command-versions-empty": tls("SSLOpenSSLConfCmd Protocol -TLSv1.3,,-TLSv1.1", "confcmd-value-refused"),
    "command-versions-good": tls('SSLOpenSSLConfCmd Protocol "all, -tlsv1.3"'),
    "command-options": tls("SSLOpenSSLConfCmd Options Foo", "confcmd-value-refused"),
    "command-options-newer": tls("SSLOpenSSLConfCmd Options PreferNoDHEKEX", "confcmd-value-refused"),
    "command-options-good": tls('SSLOpenSSLConfCmd Options "-sessionticket , serverPREFERENCE,KTLS"'),
    "command-mode": tls("SSLOpenSSLConfCmd VerifyMode Foo", "confcmd-value-refused"),
    "command-suites": tls("SSLOpenSSLConfCmd Ciphersuites FOO", "confcmd-value-refused"),
    "command-string": tls("SSLOpenSSLConfCmd CipherString FOO", "confcmd-value-refused"),
    "command-tickets": tls("SSLOpenSSLConfCmd NumTickets -1", "confcmd-value-refused"),
    "command-tickets-text": tls("SSLOpenSSLConfCmd NumTickets foo"),
    "command-padding": tls("SSLOpenSSLConfCmd RecordPadding 16385", "confcmd-value-refused"),
    "command-padding-good": tls("SSLOpenSSLConfCmd RecordPadding 16384"),
    "command-signatures": tls("SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256:FOO", "confcmd-value-refused"),
    "command-signatures-twice": tls(
        "SSLOpenSSLConfCmd SignatureAlgorithms rsa_pkcs1_sha256:RSA+SHA256", "confcmd-value-refused"
    ),
    "command-signatures-unknown": tls(
        "SSLOpenSSLConfCmd SignatureAlgorithms NOSUCH+SHA256:RSA+SHA256", "confcmd-value-refused"
    ),
    "command-ciphers-taken-out": tls("SSLOpenSSLConfCmd CipherString aNULL:@SECLEVEL=0", "confcmd-value-refused"),
    "command-signatures-case": tls("SSLOpenSSLConfCmd SignatureAlgorithms rsa+sha256", "confcmd-value-refused"),
    "command-signatures-good": tls("SSLOpenSSLConfCmd SignatureAlgorithms RSA-PSS+sha256:PSS+SHA512:ed25519"),
    # Certificates, caches, revocation lists
    "no-certificate": tls("", "ssl-engine-without-cert", certificate=""),
    "no-certificate-key-only": tls(
        "SSLCertificateKeyFile {root}/rsa.key", "ssl-engine-without-cert", certificate=""
    ),
    "no-certificate-main": plain("SSLEngine on", "ssl-engine-without-cert"),
    "no-certificate-unmet": plain("<VirtualHost *:80>\nSSLEngine on\n</VirtualHost>", "ssl-engine-without-cert"),
    "no-certificate-managed": tls(
        "", server="MDomain localhost\nServerAdmin a@example.org\nMDCertificateAgreement accepted", certificate="",
        modules="md",
    ),
    "certificate-of-main": tls(
        "", server="SSLCertificateFile {root}/rsa.pem\nSSLCertificateKeyFile {root}/rsa.key", certificate=""
    ),
    "stapling": tls("SSLUseStapling on", "stapling-without-cache"),
    "stapling-inherited": tls("", "stapling-without-cache", server="SSLUseStapling on"),
    "stapling-cached": tls("SSLUseStapling on", server="SSLStaplingCache shmcb:stapling(32768)"),
    "stapling-plain-server": plain("SSLUseStapling on"),
    "revocation": tls("SSLCARevocationCheck chain", "crl-check-without-crl"),
    "revocation-none": tls("SSLCARevocationCheck none"),
    "revocation-plain-server": plain("SSLCARevocationCheck leaf"),
    "revocation-proxy": plain(
        "SSLProxyEngine on\nSSLProxyCARevocationCheck chain", "crl-check-without-crl", modules=PROXY
    ),
    "revocation-proxy-off": plain("SSLProxyCARevocationCheck chain", modules=PROXY),
    # Files
    "file-certificate": own(
        "SSLCertificateFile {root}/junk\nSSLCertificateKeyFile {root}/rsa.key", "certificate-refused"
    ),
    "file-key": own("SSLCertificateFile {root}/rsa.pem\nSSLCertificateKeyFile {root}/junk", "certificate-refused"),
    "file-no-key": own("SSLCertificateFile {root}/rsa.pem", "certificate-refused"),
    "file-pair": own("SSLCertificateFile {root}/rsa.pem\nSSLCertificateKeyFile {root}/ec.key", "certificate-refused"),
    "file-authorities": tls("SSLCACertificateFile {root}/junk", "ca-file-refused"),
    "file-authorities-key": tls("SSLCACertificateFile {root}/rsa.key", "ca-file-refused"),
    "file-authorities-good": tls("SSLCACertificateFile {root}/rsa.pem"),
    "file-authorities-plain-server": plain("SSLCACertificateFile {root}/junk"),
    "file-revocation": tls("SSLCARevocationFile {root}/junk", "ca-file-refused"),
    "file-names": tls(
        "SSLVerifyClient optional\nSSLCACertificateFile {root}/rsa.pem\nSSLCADNRequestFile {root}/junk",
        "ca-file-refused",
    ),
    "file-names-unasked": tls("SSLCADNRequestFile {root}/junk"),
    "file-authorities-proxy": plain(
        "SSLProxyEngine on\nSSLProxyCACertificateFile {root}/junk", "ca-file-refused", modules=PROXY
    ),
    "file-parameters": tls("SSLOpenSSLConfCmd DHParameters {root}/rsa.pem", "dh-file-refused"),
    "file-ticket": tls("SSLSessionTicketKeyFile {root}/short", "ticket-key-too-short"),
    "file-ticket-unused": tls("SSLSessionTicketKeyFile {root}/short\nSSLSessionTickets off", "ticket-key-too-short"),
    "file-ticket-plain-server": plain("SSLSessionTicketKeyFile {root}/short"),
    "file-ticket-good": tls("SSLSessionTicketKeyFile {root}/long"),
    "file-types": plain("TypesConfig {root}/none", "types-file-missing", modules="mime"),
    "file-types-good": plain("TypesConfig {root}/types", modules="mime"),
    "file-key-for-backends": plain(
        "SSLProxyEngine on\nSSLProxyMachineCertificateFile {root}/mixed", "proxy-certificate-refused", modules=PROXY
    ),
    "file-key-for-backends-good": plain(
        "SSLProxyEngine on\nSSLProxyMachineCertificateFile {root}/both", modules=PROXY
    ),
    "file-key-for-backends-unused": plain("SSLProxyMachineCertificateFile {root}/mixed", modules=PROXY),
    "fips": tls("", "fips-without-provider", server="SSLFIPS on"),
    "fips-plain-server": plain("SSLFIPS on"),
    # Handshakes
    "key-of-rsa": tls("SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE+aECDSA", "cipher-cert-mismatch"),
    "key-of-ecdsa": tls("SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE+aRSA", "cipher-cert-mismatch", certificate="ec"),
    "key-and-suites": tls("SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE+aECDSA", certificate="ec"),
    "conflict-above": tls(
        "SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd MinProtocol TLSv1.3", "protocol-confcmd-conflict"
    ),
    "conflict-commands": tls(
        "SSLOpenSSLConfCmd MinProtocol TLSv1.3\nSSLOpenSSLConfCmd MaxProtocol TLSv1.2", "protocol-confcmd-conflict"
    ),
    "conflict-banned": tls("SSLOpenSSLConfCmd Protocol -ALL", "protocol-confcmd-conflict"),
    "conflict-none": tls("SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd MinProtocol TLSv1.1"),
    "closed-suites": tls("SSLProtocol TLSv1.2\nSSLCipherSuite PSK", "nobody-can-connect"),
    "closed-without-tls13-suite": tls(
        "SSLCipherSuite TLSv1.3 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "nobody-can-connect"
    ),
    "closed-for-tls12-clients": tls(
        "SSLProtocol TLSv1.2\nSSLCipherSuite TLSv1.3 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    ),
    "closed-by-level": tls('SSLProtocol TLSv1\nSSLCipherSuite "ALL:@SECLEVEL=2"', "weak-protocols-only"),
    "closed-but-for-tls13": tls("SSLCipherSuite PSK"),
    "closed-curves": tls(
        "SSLProtocol TLSv1.2\nSSLCipherSuite ECDHE+AESGCM\nSSLOpenSSLConfCmd Groups ffdhe2048", "nobody-can-connect"
    ),
    "closed-signatures": tls(
        "SSLProtocol TLSv1.3\nSSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256", "nobody-can-connect"
    ),
    "closed-group": tls("SSLProtocol TLSv1.3\nSSLOpenSSLConfCmd Groups secp192k1", "nobody-can-connect"),
    "verify": tls("SSLVerifyClient require", "verify-client-without-ca"),
    "verify-names": tls(
        "SSLVerifyClient require\nSSLCADNRequestFile {root}/rsa.pem", "verify-client-without-ca"
    ),
    "verify-optional": tls("SSLVerifyClient optional"),
    "verify-anybody": tls("SSLVerifyClient optional_no_ca"),
    # The process
    "listen-none": plain("", "listen-missing", listen=""),
    "listen-wildcard-first": plain("", "listen-overlap", listen="Listen {port}\nListen 127.0.0.1:{port}"),
    "listen-wildcard-later": plain("", "listen-overlap", listen="Listen 127.0.0.1:{port}\nListen {port}"),
    "listen-written-twice": plain("", "listen-overlap", listen="Listen [::1]:{port}\nListen [0:0::1]:{port}"),
    "listen-six-and-four": plain("", "listen-overlap", listen="Listen [::]:{port}\nListen 127.0.0.1:{port}"),
    "listen-name": plain("", "listen-overlap", listen="Listen 127.0.0.1:{port}\nListen localhost:{port}"),
    "listen-four-then-all": plain("", "listen-overlap", listen="Listen 0.0.0.0:{port}\nListen {port}"),
    "listen-all-then-four": plain("", listen="Listen {port}\nListen 0.0.0.0:{port}"),
    "listen-both-wildcards": plain("", listen="Listen 0.0.0.0:{port}\nListen [::]:{port}"),
    "listen-two-addresses": plain("", listen="Listen 127.0.0.1:{port}\nListen 127.0.0.2:{port}"),
    "listen-four-and-six": plain("", listen="Listen 127.0.0.1:{port}\nListen [::1]:{port}"),
    "module-form": plain("", "module-without-companion", modules="auth_form request"),
    "module-form-request": plain("", "module-without-companion", modules="auth_form session"),
    "module-form-both": plain("", modules="auth_form session request"),
    "module-balancer": plain("", "module-without-companion", modules=BALANCER, without="slotmem_shm"),
    "module-heartmonitor": plain("", "module-without-companion", modules="heartmonitor", without="slotmem_shm"),
    "module-method": plain("", "module-without-companion", modules="lbmethod_byrequests"),
    "balancer": plain(ONE_MEMBER, "balancer-without-method", modules=f"{PROXY} proxy_balancer"),
    "balancer-unused": plain(
        "<Proxy balancer://x>\nBalancerMember http://127.0.0.1:1\n</Proxy>", "balancer-without-method",
        modules=f"{PROXY} proxy_balancer",
    ),
    "balancer-undefined": plain(
        "ProxyPass /b balancer://x/",
        "balancer-without-method balancer-without-members",
        modules=f"{PROXY} proxy_balancer",
    ),
    "balancer-other": plain(
        ONE_MEMBER.replace("</Proxy>", "ProxySet lbmethod=bytraffic\n</Proxy>"),
        modules=f"{PROXY} proxy_balancer lbmethod_bytraffic",
    ),
    "balancer-good": plain(ONE_MEMBER, modules=BALANCER),
    "managed-twice": plain(
        "ServerAdmin a@example.org\nMDomain a.example.org b.example.org\nMDomain c.example.org B.example.org",
        "managed-domain-overlap",
        modules="md",
    ),
    # Requests
    "login-without-type": section("Require valid-user", "auth-without-type"),
    "login-user-without-type": section("Require user u", "auth-without-type"),
    "login-without-name": section(
        "AuthType Basic\nAuthUserFile {root}/passwords\nRequire valid-user", "auth-without-name"
    ),
    "login-without-file": section("AuthType Basic\nAuthName x\nRequire valid-user", "auth-without-user-file"),
    "login-without-module": section(
        "AuthType Digest\nAuthName x\nAuthUserFile {root}/passwords\nRequire valid-user", "auth-type-without-module"
    ),
    "login-without-require": section(BASIC, "auth-without-require"),
    "login-good": section(f"{BASIC}Require valid-user"),
    "login-or-anybody": section("Require valid-user\nRequire all granted"),
    "login-or-address": section("Require valid-user\nRequire ip 127.0.0.1"),
    "login-other-provider": section(
        "AuthType Basic\nAuthName x\nAuthBasicProvider anon\nAnonymous *\nRequire valid-user", modules="authn_anon"
    ),
    "login-elsewhere": plain(f"<Directory />\n{BASIC}</Directory>\n<Location />\nRequire valid-user\n</Location>"),
    "backend": backend(TO_PEER, "proxy-engine-missing"),
    "backend-pattern": backend("ProxyPassMatch ^/a/(.*) https://127.0.0.1:{back}/$1", "proxy-engine-missing"),
    "backend-location": backend(
        "<Location /a/>\nProxyPass https://127.0.0.1:{back}/\n</Location>", "proxy-engine-missing"
    ),
    "backend-handler": backend(
        '<Location /a/>\nSetHandler "proxy:https://127.0.0.1:{back}/"\n</Location>', "proxy-engine-missing"
    ),
    "backend-rewritten": backend(
        "RewriteEngine on\nRewriteRule ^/a/(.*) https://127.0.0.1:{back}/$1 [P]", "proxy-engine-missing"
    ),
    "backend-socket": backend("ProxyPass /a/ wss://127.0.0.1:{back}/", "proxy-engine-missing"),
    "backend-member": backend(
        "<Proxy balancer://x>\nBalancerMember https://127.0.0.1:{back}\n</Proxy>\nProxyPass /a/ balancer://x/",
        "proxy-engine-missing",
        BALANCER,
    ),
    "backend-other-section": backend(
        f"<Proxy https://127.0.0.1:1/>\n{CHECK_OFF}</Proxy>\n{TO_PEER}", "proxy-engine-missing"
    ),
    "backend-good": backend(CHECK_OFF + TO_PEER),
    "backend-section": backend(f"<Proxy https://127.0.0.1:{{back}}/>\n{CHECK_OFF}</Proxy>\n{TO_PEER}"),
    "backend-wildcard": backend(f"<Proxy *>\n{CHECK_OFF}</Proxy>\n{TO_PEER}"),
    "backend-section-pattern": backend(f"<ProxyMatch ^https://127>\n{CHECK_OFF}</ProxyMatch>\n{TO_PEER}"),
    "backend-member-good": backend(
        f"<Proxy balancer://x>\nBalancerMember https://127.0.0.1:{{back}}\n{CHECK_OFF}</Proxy>\n"
        "ProxyPass /a/ balancer://x/",
        modules=BALANCER,
    ),
    "group-without-file": section(
        f"{BASIC}Require group g", "require-group-without-file", modules="authz_groupfile", status=401
    ),
    "group-or-user": section(f"{BASIC}Require group g\nRequire user u", modules="authz_groupfile"),
    "rewriting-none": folder("Options None\nRewriteEngine on", "rewrite-without-symlinks", status=403),
    "rewriting-indexes": folder(
        "Options Indexes\nRewriteEngine on\nRewriteRule ^x$ y", "rewrite-without-symlinks", status=403
    ),
    "rewriting-minus": folder("Options -FollowSymLinks\nRewriteEngine on", "rewrite-without-symlinks", status=403),
    "rewriting-location": section("Options None\nRewriteEngine on", "rewrite-without-symlinks", status=403),
    "rewriting-above": plain(
        "<Directory />\nOptions None\n</Directory>\n<Directory {root}/www>\nOptions +Indexes\nRewriteEngine on\n"
        "</Directory>", "rewrite-without-symlinks", status=403,
    ),
    "rewriting-owner": folder("Options SymLinksIfOwnerMatch\nRewriteEngine on"),
    "rewriting-all": folder("Options All\nRewriteEngine on"),
    "rewriting-default": folder("RewriteEngine on"),
    "rewriting-off": folder("Options None\nRewriteEngine off\nRewriteRule ^x$ y"),
    "rewriting-outside": plain("RewriteEngine on\n<Directory {root}/www>\nOptions None\n</Directory>"),
    "passed-on": plain(
        "RewriteEngine on\nRewriteRule ^/a http://127.0.0.1:1/ [P]", "rewrite-proxy-without-module", path="/a/",
        status=403,
    ),
    "passed-on-inside": folder(
        "RewriteEngine on\nRewriteRule ^a http://127.0.0.1:1/ [P]",
        "rewrite-proxy-without-module",
        path="/a/",
        status=403,
    ),
    "backend-unverifiable": backend(f"{CHECK_OFF}SSLProxyVerify require\n{TO_PEER}", "proxy-ca-missing"),
    "backend-optional": backend(f"{CHECK_OFF}SSLProxyVerify optional\n{TO_PEER}", "proxy-ca-missing"),
    "backend-unverifiable-section": backend(
        f"<Proxy *>\n{CHECK_OFF}SSLProxyVerify require\n</Proxy>\n{TO_PEER}", "proxy-ca-missing"
    ),
    "backend-anybody": backend(f"{CHECK_OFF}SSLProxyVerify optional_no_ca\n{TO_PEER}"),
    "backend-verified": backend(
        f"{CHECK_OFF}SSLProxyVerify require\nSSLProxyCACertificateFile {{root}}/rsa.pem\n{TO_PEER}"
    ),
    "members-none": plain(
        "<Proxy balancer://x>\n</Proxy>\nProxyPass /a/ balancer://x/", "balancer-without-members", modules=BALANCER,
        path="/a/", status=503,
    ),
    "members-elsewhere": plain(
        "ProxyPass /a/ balancer://x/\n<VirtualHost *:1>\n<Proxy balancer://x>\nBalancerMember http://127.0.0.1:1\n"
        "</Proxy>\n</VirtualHost>", "balancer-without-members", modules=BALANCER, path="/a/", status=503,
    ),
    "members-in-one-line": backend(
        f"{CHECK_OFF}BalancerMember balancer://x https://127.0.0.1:{{back}}\nProxyPass /a/ balancer://X/",
        modules=BALANCER,
    ),
    "scheme": plain(
        "ProxyPass /a/ fcgi://127.0.0.1:1/", "proxy-scheme-without-module", modules=PROXY, path="/a/"
    ),
    "scheme-http": plain(
        "ProxyPass /a/ http://127.0.0.1:1/", "proxy-scheme-without-module", modules="proxy", path="/a/"
    ),
    "scheme-balancer": plain(
        f"{ONE_MEMBER}ProxyPass /a/ balancer://x/", "proxy-scheme-without-module", modules=PROXY, path="/a/"
    ),
}  # fmt: skip


class Running(NamedTuple):
    """What became of a start: the process, None where it ended by itself, and the log."""

    process: subprocess.Popen[str] | None
    log: str


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A folder with a certificate, a password file and a page."""
    folder = Path(tempfile.mkdtemp(prefix="sslint-"))
    folder.chmod(0o755)
    request = f"req -x509 -nodes -days 30 -subj /CN=localhost -newkey rsa:2048 -keyout {folder}/rsa.key -out"
    subprocess.run([str(OPENSSL), *request.split(), f"{folder}/rsa.pem"], check=True, capture_output=True, timeout=60)
    request = f"req -x509 -nodes -days 30 -subj /CN=localhost -newkey ec:{folder}/curve -keyout {folder}/ec.key -out"
    for words in (f"ecparam -name prime256v1 -out {folder}/curve", f"{request} {folder}/ec.pem"):
        subprocess.run([str(OPENSSL), *words.split()], check=True, capture_output=True, timeout=60)
    for name, size in (("junk", 9), ("short", 47), ("long", 48)):
        (folder / name).write_bytes(b"x" * size)
    certificate = (folder / "rsa.pem").read_text()
    (folder / "mixed").write_text(certificate + (folder / "ec.key").read_text())
    (folder / "both").write_text(certificate + (folder / "rsa.key").read_text())
    (folder / "types").write_text("text/html html\n")
    hashed = subprocess.run([str(OPENSSL), "passwd", "-apr1", "p"], capture_output=True, text=True, check=True).stdout
    (folder / "passwords").write_text(f"u:{hashed}")
    (folder / "www" / "a").mkdir(parents=True)
    for name in ("", "a"):
        (folder / "www" / name / "index.html").write_text("hello\n")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def free_ports() -> tuple[int, int]:
    """Two ports that nobody listens to."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def write(case: Case, root: Path, port: int, back: int) -> Path:
    """The main file of a case."""
    names = [name for name in f"{LOADED} {case.modules}".split() if name not in case.without.split()]
    lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names]
    lines += [f"ServerRoot {root}", "PidFile pid", "ErrorLog log", "ServerName localhost", "DocumentRoot www"]
    lines += ["User www-data", "Group www-data", "Mutex posixsem", f"DefaultRuntimeDir {root}"]
    lines += [case.listen, case.server]
    if case.tls:
        lines += ["<VirtualHost *:{port}>", "ServerName localhost", "SSLEngine on"]
        if case.certificate:
            lines += [f"SSLCertificateFile {case.certificate}.pem", f"SSLCertificateKeyFile {case.certificate}.key"]
        lines += [case.host, "</VirtualHost>"]
    text = "\n".join(lines) + "\n"
    for name, value in (("root", str(root)), ("port", str(port)), ("back", str(back))):
        text = text.replace("{" + name + "}", value)
    main = root / "httpd.conf"
    main.write_text(text)
    return main


def start(main: Path) -> Running:
    """Start a server in a group of processes of its own, and wait until it serves or has ended."""
    log = main.parent / "log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        [str(HTTPD), "-DFOREGROUND", "-f", str(main)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(main.parent / "stderr").open("w"),
        text=True,
        start_new_session=True,
    )
    for _ in range(1000):
        text = log.read_text() if log.exists() else ""
        if process.poll() is not None:
            return Running(None, (log.read_text() if log.exists() else "") + (main.parent / "stderr").read_text())
        if "resuming normal operations" in text:
            return Running(process, text)
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    raise AssertionError("the server neither starts nor ends")


def status(port: int, path: str, by_tls: bool) -> int:
    """The status of a request; 0 where no handshake succeeds."""
    context = ssl._create_unverified_context()
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
        if by_tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    )
    try:
        connection.request("GET", path, headers={"Authorization": "Basic " + base64.b64encode(b"u:p").decode()})
        return connection.getresponse().status
    except ssl.SSLError:
        return 0
    finally:
        connection.close()


def predicted(main: Path) -> list[StartFailure]:
    """What the model says."""
    configuration = expand(str(main), DiskFiles(), TARGET, modules_certain=True)
    assert not configuration.problems, configuration.problems
    return list(start_failures(build(configuration, read=DiskFiles().read)))


def is_accepted(main: Path) -> bool:
    """What `httpd -t` says; a server that starts was accepted anyway."""
    return (
        subprocess.run([str(HTTPD), "-t", "-f", str(main)], capture_output=True, check=False, timeout=60).returncode
        == 0
    )


@pytest.mark.parametrize("name", CASES)
def test_the_server_does_what_is_predicted(name: str, root: Path) -> None:
    case = CASES[name]
    port, back = free_ports()
    main = write(case, root, port, back)
    failures = predicted(main)
    assert sorted({failure.kind for failure in failures}) == sorted(case.kinds.split())
    running = start(main)
    try:
        if any(failure.effect is Effect.START for failure in failures):
            assert running.process is None, running.log
            assert is_accepted(main), "the check refuses it, too"
            stops = (failure.code for failure in failures if failure.effect is Effect.START)
            assert all(code in running.log for code in stops)
            return
        assert running.process is not None, running.log
        answer = status(port, case.path, case.tls)
        effects = {failure.effect for failure in failures}
        if Effect.HANDSHAKE in effects:
            assert answer == 0
        elif effects:
            assert answer == case.status
            log = (root / "log").read_text()
            assert all(not failure.code or failure.code in log for failure in failures), log
        else:
            assert answer == 200 or (case.modules == "md" and answer == 503)
    finally:
        if running.process is not None:
            os.kill(running.process.pid, signal.SIGTERM)
            running.process.wait(timeout=30)
