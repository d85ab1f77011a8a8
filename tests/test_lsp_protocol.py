"""The language server answers what the specification wants, whatever it is sent; and its life from start to end."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("pygls")

from conftest import FIXTURES, Run
from lsp_client import PATIENCE, Client, at

Site = Callable[[str], Path]

WEAK = "SSLProtocol -all +TLSv1 +TLSv1.1 +TLSv1.2\n"
SITE = f"""#--- httpd.conf
ServerRoot /etc/httpd
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule ssl_module modules/mod_ssl.so
Listen 443
ServerName www.example.org
SSLEngine on
SSLCertificateFile tls/www.pem
Include conf.d/*.conf
#--- conf.d/ssl.conf
{WEAK}#--- .sslint.yaml
openssl: 1.1.1
"""


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as one:
        yield one


def codes(found: list[dict[str, object]]) -> list[object]:
    return [one["code"] for one in found]


def test_requests_before_initialize_are_refused(client: Client) -> None:
    assert client.answer(client.ask("textDocument/hover", {}))["error"]["code"] in (-32002, -32602)
    params = {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}}
    assert client.answer(client.ask("textDocument/hover", params))["error"]["code"] == -32002
    client.notify("textDocument/didOpen", {"textDocument": {"uri": "u", "languageId": "", "version": 1, "text": ""}})
    client.start()
    assert client.answer(client.ask("initialize", {"capabilities": {}}))["error"]["code"] == -32600
    assert client.leave() == 0


def test_requests_after_shutdown_are_refused(client: Client) -> None:
    client.start()
    client.request("shutdown", None)
    params = {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}}
    assert client.answer(client.ask("textDocument/hover", params))["error"]["code"] == -32600
    client.notify("exit", None)
    assert client.process.wait(PATIENCE) == 0


def test_bad_parameters_get_an_answer(client: Client) -> None:
    client.start()
    assert client.answer(client.ask("textDocument/hover", {"textDocument": 7}))["error"]["code"] == -32602
    assert client.answer(client.ask("workspace/executeCommand", {"command": "none"}))["error"]["code"] == -32602
    assert client.answer(client.ask("sslint/unknown", {}))["error"]["code"] == -32601
    client.notify("textDocument/didOpen", {"textDocument": 7})
    client.notify("textDocument/didChange", {"textDocument": {"uri": "u", "version": 2}, "contentChanges": []})
    client.write(b'{"jsonrpc": "2.0", "id": 99, "meth')
    client.write(b"[]")
    change = {"textDocument": {"uri": "file:///never", "version": 2}, "contentChanges": [{"text": ""}]}
    client.notify("textDocument/didChange", change)
    assert client.leave() == 0
    assert not [one for one in client.unread if one.get("method", "").startswith("window/")]


def test_leaving_without_goodbye_is_a_failure(client: Client) -> None:
    client.start()
    client.notify("exit", None)
    assert client.process.wait(PATIENCE) == 1


def test_a_client_that_dies_ends_the_server(client: Client) -> None:
    client.start()
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(PATIENCE) == 1


def test_faults_are_logged_and_never_popped_up(site: Site) -> None:
    root = site(SITE)
    log = root / "log.txt"
    with Client("--log-file", str(log)) as client:
        client.start(root)
        uri = client.open(root / "httpd.conf")
        position = {"line": -5, "character": 0}
        answer = client.answer(client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position}))
        assert "error" in answer
        assert client.leave() == 0
    assert not [one for one in client.unread if one.get("method", "").startswith("window/")]


def test_buffers_override_the_disk_across_includes(client: Client, site: Site) -> None:
    root = site(SITE)
    client.start(root)
    main = client.open(root / "httpd.conf")
    closed = (root / "conf.d/ssl.conf").as_uri()
    (found,) = [one for one in client.published(closed) if one["code"] == "weak-ssl-protocol"]
    assert found["range"]["start"] == at(WEAK, "+TLSv1")
    assert found["codeDescription"]["href"].startswith("https://")
    assert found["relatedInformation"][-1]["location"]["uri"] == main
    assert found["severity"] == 1
    assert found["source"] == "sslint"
    fragment = client.open(root / "conf.d/ssl.conf", "SSLProtocol -all +TLSv1.2\n", 7)
    assert fragment == closed
    assert "weak-ssl-protocol" not in codes(client.published(closed, 7))
    client.notify("textDocument/didClose", {"textDocument": {"uri": closed}})
    assert "weak-ssl-protocol" in codes(client.published(closed))
    assert (root / "conf.d/ssl.conf").read_text() == WEAK


def test_only_the_newest_version_is_told(client: Client, site: Site) -> None:
    root = site(SITE)
    client.start(root)
    uri = client.open(root / "conf.d/ssl.conf")
    client.published(uri, 1)
    for version in range(2, 40):
        client.change(uri, version, f"SSLProtocol -all +TLSv1.{version % 2 + 1}\n")
    assert "weak-ssl-protocol" not in codes(client.published(uri, 40 - 1)) or (40 - 1) % 2 == 0
    versions = [one["params"].get("version") for one in client.unread if one["method"].endswith("publishDiagnostics")]
    assert len(versions) < 10
    assert client.leave() == 0


def test_a_mistake_in_the_settings_is_told_in_their_file(client: Client, site: Site) -> None:
    root = site(SITE)
    client.start(root)
    settings = (root / ".sslint.yaml").as_uri()
    uri = client.open(root / "conf.d/ssl.conf")
    assert "weak-ssl-protocol" in codes(client.published(uri, 1))
    client.open(root / ".sslint.yaml", "target: debian-12\nselekt: [ALL]\n")
    (found,) = client.published(settings, 1)
    assert found["range"]["start"] == {"line": 1, "character": 0}
    assert "select" in found["message"]
    client.change(settings, 2, "ignore: [weak-ssl-protocol]\n")
    assert not client.published(settings, 2)
    assert "weak-ssl-protocol" not in codes(client.published(uri, 1))


def test_a_mistake_in_a_profile_is_told_in_the_profile(client: Client, site: Site) -> None:
    head = (
        "profile: ours\nedition: '1'\ntitle: Ours\npublisher: us\nreleased: 2026-01-01\nsource: https://example.org/\n"
    )
    root = site(SITE + "#--- ours.yaml\n" + head)
    ours = root / "ours.yaml"
    (root / ".sslint.yaml").write_text("profiles: [./ours.yaml]\n")
    client.start(root)
    client.published(client.open(root / "httpd.conf"), 1)
    assert not [one for one in client.unread if one.get("params", {}).get("uri") == ours.as_uri()]
    ours.write_text(head + "protocolz: {}\n")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": ours.as_uri(), "type": 2}]})
    (found,) = client.published(ours.as_uri())
    assert found["severity"] == 1
    assert found["range"]["start"] == {"line": 6, "character": 0}


def test_settings_are_read_again_when_they_change_on_the_disk(client: Client, site: Site) -> None:
    root = site(SITE)
    client.start(root)
    uri = client.open(root / "conf.d/ssl.conf")
    assert "weak-ssl-protocol" in codes(client.published(uri, 1))
    settings = root / ".sslint.yaml"
    settings.write_text("ignore: [weak-ssl-protocol]\n")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
    assert "weak-ssl-protocol" not in codes(client.published(uri, 1))


def test_the_editors_settings_go_first(client: Client, site: Site) -> None:
    root = site(SITE)
    options = {"configuration": {"ignore": ["weak-ssl-protocol"]}}
    client.start(root, initializationOptions=options)
    uri = client.open(root / "conf.d/ssl.conf")
    assert "weak-ssl-protocol" not in codes(client.published(uri, 1))
    client.notify("workspace/didChangeConfiguration", {"settings": {"sslint": {"configuration": {}}}})
    assert "weak-ssl-protocol" in codes(client.published(uri, 1))
    wrong = {"settings": {"sslint": {"configuration": {"target": "debian-99"}}}}
    client.notify("workspace/didChangeConfiguration", wrong)
    message = client.wait(lambda one: one.get("method") == "window/showMessage")
    assert "debian-99" in message["params"]["message"]


def test_bytes_that_are_no_utf8_and_buffers_without_a_file(client: Client, site: Site) -> None:
    root = site(SITE)
    (root / "conf.d/ssl.conf").write_bytes(b"# caf\xe9\n" + WEAK.encode())
    client.start(root)
    client.open(root / "httpd.conf")
    (found,) = [
        one for one in client.published((root / "conf.d/ssl.conf").as_uri()) if one["code"] == "weak-ssl-protocol"
    ]
    assert found["range"]["start"]["line"] == 1
    document = {"uri": "untitled:Untitled-1", "languageId": "apacheconf", "version": 1, "text": "Nonsense on\n"}
    client.notify("textDocument/didOpen", {"textDocument": document})
    assert "unknown-directive" in codes(client.published("untitled:Untitled-1", 1))


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 11), ("utf-16", 9), ("utf-32", 8)])
def test_positions_are_in_the_clients_units(client: Client, tmp_path: Path, encoding: str, column: int) -> None:
    capabilities = {"general": {"positionEncodings": [encoding]}}
    assert client.start(tmp_path, capabilities)["positionEncoding"] == encoding
    (tmp_path / "httpd.conf").write_text("")
    uri = client.open(tmp_path / "httpd.conf", 'Define "😀"x y\n')
    # `Define "😀"` takes its argument in quotes; the word behind it begins after 8 characters and the quote.
    document = {"uri": uri, "version": 2}
    start, end = {"line": 0, "character": column + 1}, {"line": 0, "character": column + 2}
    edit = {"range": {"start": start, "end": end}, "text": "zz\nNonsense"}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [edit]})
    found = [one for one in client.published(uri, 2) if one["code"] == "unknown-directive"]
    assert found[0]["range"]["start"] == {"line": 1, "character": 0}


def test_pulled_diagnostics_are_not_pushed_too(client: Client, site: Site) -> None:
    root = site(SITE)
    capabilities = {
        "textDocument": {"diagnostic": {"relatedDocumentSupport": True}},
        "workspace": {"diagnostics": {"refreshSupport": True}},
    }
    offered = client.start(root, capabilities)["diagnosticProvider"]
    assert offered["interFileDependencies"]
    assert offered["workspaceDiagnostics"]
    main = client.open(root / "httpd.conf")
    fragment = (root / "conf.d/ssl.conf").as_uri()
    report = client.request("textDocument/diagnostic", {"textDocument": {"uri": main}})
    assert "weak-ssl-protocol" in codes(report["relatedDocuments"][fragment]["items"])
    again = {"textDocument": {"uri": main}, "previousResultId": report["resultId"]}
    assert client.request("textDocument/diagnostic", again)["kind"] == "unchanged"
    everything = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert fragment in [one["uri"] for one in everything]
    known = [{"uri": one["uri"], "value": one["resultId"]} for one in everything]
    second = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert {one["kind"] for one in second} == {"unchanged"}
    (root / "conf.d/ssl.conf").write_text("SSLProtocol -all +TLSv1.2\n")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": fragment, "type": 2}]})
    refresh = client.wait(lambda one: one.get("method") == "workspace/diagnostic/refresh")
    client.send(id=refresh["id"], result=None)
    third = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    (changed,) = [one for one in third if one["uri"] == fragment]
    assert "weak-ssl-protocol" not in codes(changed.get("items", []))
    assert not [one for one in client.unread if one.get("method") == "textDocument/publishDiagnostics"]


def test_a_buffer_counts_under_all_names_of_its_file(client: Client, site: Site) -> None:
    root = site(SITE.replace("Include conf.d", "Include enabled"))
    (root / "enabled").mkdir()
    (root / "enabled/ssl.conf").symlink_to("../conf.d/ssl.conf")
    client.start(root)
    link, target = root / "enabled/ssl.conf", root / "conf.d/ssl.conf"
    uri = client.open(target)
    assert "weak-ssl-protocol" in codes(client.published(uri, 1))
    other = client.open(link, "SSLProtocol -all +TLSv1.2\n")
    assert "weak-ssl-protocol" not in codes(client.published(other, 1))


def test_rules_in_python_are_not_run_unless_that_is_wanted(site: Site) -> None:
    root = site(SITE)
    (root / "rules").mkdir()
    (root / "rules/evil.py").write_text("open('ran', 'w').close()\n")
    (root / ".sslint.yaml").write_text("rule-folders: [rules]\n")
    with Client(cwd=root) as client:
        client.start(root)
        client.open(root / "conf.d/ssl.conf")
        (found,) = client.published((root / ".sslint.yaml").as_uri())
        assert "--run-code" in found["message"]
        assert not (root / "ran").exists()
        assert client.leave() == 0
    with Client("--run-code", cwd=root) as client:
        client.start(root)
        client.published(client.open(root / "conf.d/ssl.conf"), 1)
        assert (root / "ran").exists()


def test_the_page_of_a_rule_is_shown(client: Client, tmp_path: Path) -> None:
    client.start(tmp_path, {"window": {"showDocument": {"support": True}}})
    number = client.ask("workspace/executeCommand", {"command": "sslint.explain", "arguments": ["SSL0101"]})
    shown = client.wait(lambda one: one.get("method") == "window/showDocument")
    path = Path(unquote(urlsplit(shown["params"]["uri"]).path))
    assert path.read_text("utf-8") == client.answer(number)["result"]
    client.send(id=shown["id"], result={"success": True})
    assert client.request("workspace/executeCommand", {"command": "sslint.explain", "arguments": ["none"]}) is None
    assert client.leave() == 0
    assert not path.exists()


def test_indenting_asks_for_no_list(client: Client, tmp_path: Path) -> None:
    main = tmp_path / "httpd.conf"
    main.write_text("   \nSSLEngine \n")
    client.start(tmp_path)
    document = {"uri": client.open(main)}
    typed = {"triggerKind": 2, "triggerCharacter": " "}
    blank = {"textDocument": document, "position": {"line": 0, "character": 3}}
    assert client.request("textDocument/completion", {**blank, "context": typed}) is None
    assert client.request("textDocument/completion", blank)["items"]
    value = {"textDocument": document, "position": {"line": 1, "character": 10}}
    assert client.request("textDocument/completion", {**value, "context": typed})["items"]


def test_what_may_go_is_faded(client: Client, tmp_path: Path) -> None:
    main = tmp_path / "httpd.conf"
    main.write_text("ServerRoot /etc/httpd\n# sslint: ignore[weak-ssl-protocol]\nListen 80\n")
    client.start(tmp_path)
    (found,) = [one for one in client.published(client.open(main), 1) if one["code"] == "unused-suppression"]
    assert found["tags"] == [1]
    assert found["severity"] == 4


def test_the_editor_shows_what_the_command_line_reports(client: Client, tmp_path: Path, sslint: Run) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(FIXTURES / "shop", folder)
    (folder / ".sslint.yaml").write_text("select: [ALL]\n")
    report = json.loads(sslint("check", "--all", "--output-format", "json", "httpd.conf", cwd=folder).stdout)
    wanted: dict[str, list[tuple[str, int, int]]] = {}
    for one in report["findings"]:
        found = wanted.setdefault((folder / one["file"]).as_uri(), [])
        found.append((one["rule"], one["start"]["line"] - 1, one["start"]["column"] - 1))
    assert len(wanted) > 2
    client.start(folder)
    client.open(folder / "httpd.conf")
    for uri, expected in wanted.items():
        starts = [(one["code"], one["range"]["start"]) for one in client.published(uri)]
        assert sorted((code, at["line"], at["character"]) for code, at in starts) == sorted(expected)


def test_who_pulls_and_can_not_be_told_to_pull_anew_is_pushed_to(client: Client, site: Site) -> None:
    root = site(SITE)
    assert "diagnosticProvider" not in client.start(root, {"textDocument": {"diagnostic": {}}})
    assert "weak-ssl-protocol" in codes(client.published(client.open(root / "conf.d/ssl.conf"), 1))


def test_cancelled_requests_are_answered_as_such(client: Client, site: Site) -> None:
    root = site(SITE)
    client.start(root)
    uri = client.open(root / "conf.d/ssl.conf")
    client.published(uri, 1)
    client.change(uri, 2, WEAK)
    where = {"textDocument": {"uri": uri}, "range": {"start": at(WEAK, "SSL"), "end": at(WEAK, "SSL")}}
    number = client.ask("textDocument/codeAction", {**where, "context": {"diagnostics": []}})
    client.notify("$/cancelRequest", {"id": number})
    assert client.answer(number)["error"]["code"] == -32800
    assert client.request("textDocument/codeAction", {**where, "context": {"diagnostics": []}})


@pytest.mark.parametrize("polite", [True, False])
def test_tcp(polite: bool) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sslint", "server", "--tcp", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        link = None
        end = time.monotonic() + PATIENCE
        while link is None and time.monotonic() < end:
            try:
                link = socket.create_connection(("127.0.0.1", port), 1)
            except OSError:
                time.sleep(0.05)
        assert link is not None
        messages = [{"id": 1, "method": "initialize", "params": {"capabilities": {}}}]
        messages += [{"id": 2, "method": "shutdown"}, {"method": "exit"}] if polite else []
        for message in messages:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            link.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            if "id" in message:
                assert b"Content-Length" in link.recv(10_000)
        if not polite:
            link.close()
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == (0 if polite else 1)
        assert b"Traceback" not in told
    finally:
        process.kill()
        process.wait(PATIENCE)


def test_bad_options(sslint: Run) -> None:
    assert sslint("server", "--tcp", "nowhere").returncode == 2
    assert sslint("server", "--tcp", "127.0.0.1:1", "--stdio").returncode == 2
    assert sslint("server", "--log-file", "/nowhere/log").returncode == 2


def test_the_command_line_imports_nothing_of_the_server() -> None:
    script = (
        "import sys\n"
        "from sslint.cli import run\n"
        "run(['check', '--isolated', 'fixtures/shop'])\n"
        "run(['server', '--help'])\n"
        "heavy = [name for name in sys.modules if name.split('.')[0] in ('pygls', 'lsprotocol', 'cattrs', 'asyncio')]\n"
        "heavy += [name for name in sys.modules if name.startswith(('sslint.lsp', 'sslint.assist'))]\n"
        "print(heavy, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.strip().endswith("[]")
