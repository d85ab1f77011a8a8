"""Measure the language server: CPU time from key to diagnostics, and of its answers. Linux only.

    python benchmarks/server.py [--files 200] [--lines 2000]

A buffer of so many lines is edited in a server of so many files. Figures are the CPU time of the server's
process, the delay after the last key excluded, as it costs none.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from generate import configuration
from lsp_client import Client

MAIN = """\
ServerRoot /etc/httpd
LoadModule mpm_worker_module modules/mod_mpm_worker.so
LoadModule ssl_module modules/mod_ssl.so
LoadModule rewrite_module modules/mod_rewrite.so
LoadModule headers_module modules/mod_headers.so
LoadModule auth_basic_module modules/mod_auth_basic.so
LoadModule authn_file_module modules/mod_authn_file.so
LoadModule authn_core_module modules/mod_authn_core.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule authz_user_module modules/mod_authz_user.so
LoadModule log_config_module modules/mod_log_config.so
ServerName bench.example
Listen 80
Listen 443
Include sites/*.conf
"""
KEYS = 20


def spent(pid: int) -> float:
    """The CPU seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hosts(lines: int, seed: int) -> str:
    """Hosts of about so many lines."""
    text = configuration(lines, seed)
    return text[text.index("# Site") :]


def tree(folder: Path, files: int, lines: int) -> Path:
    """A server of so many files; returns the one to edit."""
    (folder / "sites").mkdir()
    (folder / "httpd.conf").write_text(MAIN)
    for number in range(files - 2):
        (folder / f"sites/{number:04}.conf").write_text(hosts(30, number))
    edited = folder / "sites/edited.conf"
    edited.write_text(hosts(lines, 2005))
    return edited


def measure(client: Client, edited: Path, folder: Path) -> None:
    """Print all figures."""
    pid = client.process.pid
    client.start(folder)
    print(f"start                 {spent(pid) * 1000:6.0f} ms")
    uri = client.open(edited)
    client.published(uri, 1)
    print(f"first diagnostics     {spent(pid) * 1000:6.0f} ms since the start")
    text = edited.read_text()
    version = 1
    begun = spent(pid)
    for key in range(KEYS):
        version += 1
        start = {"line": 3, "character": 10}
        end = {"line": 3, "character": 10 + key % 2}
        change = {"range": {"start": start, "end": end}, "text": "" if key % 2 else "x"}
        document = {"uri": uri, "version": version}
        client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        client.published(uri, version)
    print(f"key to diagnostics    {(spent(pid) - begun) / KEYS * 1000:6.1f} ms")
    line = text[: text.index("SSLProtocol")].count("\n")
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 8}}
    for method in ("hover", "completion", "definition"):
        answers(pid, method, lambda method=method: client.request(f"textDocument/{method}", place))  # type: ignore[misc]
    for method in ("documentSymbol", "foldingRange", "documentLink"):
        whole = {"textDocument": {"uri": uri}}
        answers(pid, method, lambda method=method, whole=whole: client.request(f"textDocument/{method}", whole))  # type: ignore[misc]
    sizes = [one for one in Path(f"/proc/{pid}/status").read_text().split("\n") if one.startswith(("VmRSS", "VmHWM"))]
    print("; ".join(" ".join(one.split()) for one in sizes))


def answers(pid: int, name: str, ask: Callable[[], object]) -> None:
    """The CPU time of an answer."""
    begun = spent(pid)
    for _ in range(KEYS):
        ask()
    print(f"{name:<20}  {(spent(pid) - begun) / KEYS * 1000:6.1f} ms")


def main() -> None:
    """Build the tree and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--lines", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Client() as client:
        folder = Path(name).resolve()
        measure(client, tree(folder, given.files, given.lines), folder)
        client.leave()


if __name__ == "__main__":
    main()
