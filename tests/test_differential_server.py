"""The server model against the installed httpd: who gets in without TLS."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sslint.configuration import expand
from sslint.files import DiskFiles
from sslint.knowledge.targets import DEFAULT
from sslint.server import Reach, Server, build

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(not (HTTPD and MODULES.is_dir()), reason="no httpd with its modules here")

LOADED = (
    "mpm_event authz_core authn_core authn_file auth_basic authz_user authz_host access_compat alias rewrite "
    "socache_shmcb ssl dir setenvif"
).split()
PRELUDE = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)


def model(main: Path) -> Server:
    target = DEFAULT.replace(static_modules=DEFAULT.static_modules - {"mpm_event_module"})
    return build(expand(str(main), DiskFiles(), target, modules_certain=True))


# Who gets in without TLS

LOGIN = 'AuthType Basic\nAuthName "Staff"\nAuthUserFile {root}/passwords\n'
SECTIONS = {
    "open": "Require all granted\n",
    "sslrequire": 'SSLRequire %{{HTTPS}} eq "on"\n',
    "sslrequiressl": "SSLRequireSSL\nRequire all granted\n",
    "off": "SSLRequireSSL off\nRequire all granted\n",
    "verify": "SSLVerifyClient require\n",
    "require": "Require ssl\n",
    "any": LOGIN + "Require ssl\nRequire valid-user\n",
    "all": LOGIN + "<RequireAll>\nRequire ssl\nRequire valid-user\n</RequireAll>\n",
    "expr": LOGIN + "<RequireAll>\nRequire expr %{{HTTPS}} == 'on'\nRequire valid-user\n</RequireAll>\n",
    "login": LOGIN + "Require valid-user\n",
    "login-ssl": LOGIN + "SSLRequireSSL\nRequire valid-user\n",
    "satisfy": LOGIN + "SSLRequireSSL\nRequire valid-user\nSatisfy Any\n",
    "satisfy-strict": LOGIN + "SSLRequireSSL\nSSLOptions +StrictRequire\nRequire valid-user\nSatisfy Any\n",
    "satisfy-allow": "SSLRequireSSL\nSSLOptions +StrictRequire\nOrder allow,deny\nAllow from all\nSatisfy Any\n",
    "order": "Order allow,deny\n",
    "deny": "Order deny,allow\nDeny from all\n",
    "denied": "Require all denied\n",
    "if": LOGIN + "Require valid-user\n<If \"%{{HTTPS}} != 'on'\">\nRequire all denied\n</If>\n",
    "merged": "Require ssl\n<Files index.html>\nRequire all granted\n</Files>\n",
    "redirected": LOGIN + "Require valid-user\nRedirect /redirected https://localhost/\n",
}
LOCATIONS = "<Location /deny>\nRequire all granted\n</Location>\n<Location /denied>\nRequire all granted\n</Location>\n"
REDIRECTED = "Redirect /server https://localhost/server\n"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[int, Path]]:
    """A server on 127.0.0.1 with one folder for each section; its port and its main file."""
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "p"], capture_output=True, text=True, check=True).stdout
    (root / "passwords").write_text(f"u:{hashed}")
    text = (
        f"ServerRoot {root}\nPidFile {root}/pid\nErrorLog {root}/log\nServerName localhost\nListen 127.0.0.1:{port}\n"
    )
    text += f"Mutex posixsem\n{PRELUDE}DocumentRoot {root}/www\n{LOCATIONS}{REDIRECTED}"
    for name, body in {**SECTIONS, "server": LOGIN + "Require valid-user\n"}.items():
        (root / "www" / name).mkdir(parents=True)
        (root / "www" / name / "index.html").write_text("hello\n")
        text += f"<Directory {root}/www/{name}>\n{body.format(root=root)}</Directory>\n"
    main = root / "httpd.conf"
    main.write_text(text)
    subprocess.run([str(HTTPD), "-f", str(main)], check=True, timeout=60, capture_output=True)
    try:
        _wait(root / "pid")
        yield port, main
    finally:
        os.kill(int((root / "pid").read_text()), signal.SIGTERM)
        shutil.rmtree(root, ignore_errors=True)


def _wait(pid: Path) -> None:
    for _ in range(100):
        if pid.exists() and pid.read_text().strip():
            return
        time.sleep(0.05)
    raise AssertionError("the server does not start")


def _status(port: int, name: str, login: bool) -> int:
    headers = {"Authorization": "Basic " + base64.b64encode(b"u:p").decode()} if login else {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/{name}/index.html", headers=headers)
    return connection.getresponse().status


@pytest.mark.parametrize("name", SECTIONS)
def test_who_gets_in_by_plain_http(name: str, running: tuple[int, Path]) -> None:
    port, main = running
    server = model(main)
    reach = Reach(server)
    scope = next(scope for _, scope in reach.scopes() if scope.argument.endswith(f"/www/{name}"))
    where = reach.mapper(server.main).where(f"/{name}/index.html")
    where = type(where)(where.url, where.path, "index.html")
    access = reach.access(server.main, where)
    gets_in = access.lets_in(tls=False) and not reach.condition_bars(server.main, scope, where)
    assert gets_in is (_status(port, name, login=True) in (200, 302))
    if gets_in:
        asked = _status(port, name, login=False) == 401
        assert asked is (access.asks_for_login and not access.lets_in(tls=False, login=False))


def test_a_redirect_of_the_server_comes_before_the_login(running: tuple[int, Path]) -> None:
    port, main = running
    server = model(main)
    reach = Reach(server)
    owner, scope = next((owner, scope) for owner, scope in reach.scopes() if scope.argument.endswith("/www/server"))
    assert _status(port, "server", login=False) == 302
    assert reach.exposures(owner, scope) == []
