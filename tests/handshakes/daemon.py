"""A real httpd with a generated configuration, and the certificates that it shows."""

from __future__ import annotations

import itertools
import os
import platform
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .hello import SRP_USER

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
OPENSSL = shutil.which("openssl")
LOADED = "mpm_event authz_core socache_shmcb ssl".split()
PRELUDE = """\
ServerRoot {root}
PidFile {root}/pid
ErrorLog {root}/log
LogLevel error
ServerName main.example
Mutex posixsem
StartServers 1
ServerLimit 1
ThreadsPerChild 4
MaxRequestWorkers 4
MinSpareThreads 1
MaxSpareThreads 4
KeepAlive Off
"""
_PORTS = itertools.islice(itertools.cycle(range(25000, 26000)), os.getpid() % 1000, None)
_KEYS = {
    "rsa": "-newkey rsa:2048",
    "rsa3072": "-newkey rsa:3072",
    "ec": "-newkey ec -pkeyopt ec_paramgen_curve:P-256",
    "rsa1024": "-newkey rsa:1024",
    "pss": "-newkey rsa-pss -pkeyopt rsa_keygen_bits:2048",
    "ed25519": "-newkey ed25519",
    "ed448": "-newkey ed448",
    "k1": "-newkey ec -pkeyopt ec_paramgen_curve:secp256k1",
    "brainpool": "-newkey ec -pkeyopt ec_paramgen_curve:brainpoolP256r1",
    "ec521": "-newkey ec -pkeyopt ec_paramgen_curve:P-521 -sha512",
    "ec384": "-newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha384",
}

_PARAMETERS = {
    "dh1024": "dhparam -dsaparam 1024",
    "dh3072": "genpkey -genparam -algorithm DH -pkeyopt group:ffdhe3072",
    "curve": "ecparam -name secp384r1",
}


class Started(NamedTuple):
    """Whether the server runs, and what it logged if it does not."""

    running: bool
    log: str


def is_debian_12() -> bool:
    """Whether this is the system that the predictions are for."""
    try:
        found = platform.freedesktop_os_release()
    except OSError:
        return False
    return (found.get("ID"), found.get("VERSION_ID")) == ("debian", "12")


def free_ports(count: int) -> list[int]:
    """Ports on 127.0.0.1 that nobody listens on."""
    found: list[int] = []
    for port in itertools.islice(_PORTS, 1000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise OSError("no free port")


def make_certificates(folder: Path) -> None:
    """One file for each kind of key, with certificate and key; `ca.pem`; RSA ones with parameters behind them."""
    for name, options in _KEYS.items():
        command = f"{OPENSSL} req -x509 {options} -nodes -days 30 -subj /CN={name}.example -keyout k -out c"
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
        (folder / f"{name}.pem").write_text((folder / "c").read_text() + (folder / "k").read_text())
    shutil.copy(folder / "c", folder / "ca.pem")
    for name, command in _PARAMETERS.items():
        made = subprocess.run([str(OPENSSL), *command.split()], cwd=folder, check=True, capture_output=True, text=True)
        (folder / f"{name}.pem").write_text((folder / "rsa.pem").read_text() + made.stdout)
    (folder / "srp").touch()
    command = f"{OPENSSL} srp -srpvfile srp -add -gn 2048 -passout pass:password {SRP_USER}"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    behind = (folder / "dh3072.pem").read_text()
    (folder / "both.pem").write_text(behind + (folder / "curve.pem").read_text())
    (folder / "both2.pem").write_text((folder / "curve.pem").read_text() + behind)


@contextmanager
def serving(text: str, folder: Path, *more: str) -> Iterator[Started]:
    """Run the server with a configuration, as long as the block lasts. `{root}` in it stands for the folder.

    `more` are modules to load besides those that every case needs.
    """
    prelude = PRELUDE + "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in (*LOADED, *more))
    (folder / "httpd.conf").write_text((prelude + text).replace("{root}", str(folder)))
    (folder / "log").unlink(missing_ok=True)
    (folder / "pid").unlink(missing_ok=True)
    process = subprocess.Popen(
        [str(HTTPD), "-f", str(folder / "httpd.conf"), "-DFOREGROUND"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield _await(process, folder)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


def _await(process: subprocess.Popen[str], folder: Path) -> Started:
    """Wait until the server has its ports, or has given up."""
    for _ in range(2000):
        if process.poll() is not None:
            said = process.stderr.read() if process.stderr else ""
            log = folder / "log"
            return Started(False, said + (log.read_text(errors="replace") if log.exists() else ""))
        if (folder / "pid").exists():
            return Started(True, "")
        time.sleep(0.005)
    raise AssertionError("the server neither starts nor gives up")
