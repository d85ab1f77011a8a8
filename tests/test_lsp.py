"""The language server as editors meet it: each with its own capabilities, encodings and ways to ask."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pytest_lsp")

import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from sslint.lsp.text import Table

PULLING = "visual_studio_code, a newer one"
EDITORS = ("neovim", "visual_studio_code", PULLING, "emacs")
MAIN = """\
ServerRoot /etc/httpd
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule ssl_module modules/mod_ssl.so
Define PORT 443
Listen ${PORT}
ServerName www.example.org
Include conf.d/*.conf
"""
SITE = """\
# für www 😀
# and others
<VirtualHost *:${PORT}>
    ServerName shop.example.org
    SSLEngine on
    SSLCertificateFile tls/shop.pem
    SSLProtocol -all +TLSv1 +TLSv1.1 +TLSv1.2
    SSLCompression on
</VirtualHost>
"""

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig(server_command=[sys.executable, "-m", "sslint", "server"]),
    params=EDITORS,
    scope="module",
)
async def client(
    request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    root = tmp_path_factory.mktemp("site")
    (root / "conf.d").mkdir()
    (root / "tls").mkdir()
    (root / "tls/shop.pem").write_text("none\n")
    (root / ".sslint.yaml").write_text("openssl: 1.1.1\nignore: [unreadable-certificate, certificate]\n")
    (root / "httpd.conf").write_text(MAIN)
    (root / "conf.d/shop.conf").write_text(SITE, encoding="utf-8")
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(_register)
    capabilities = pytest_lsp.client_capabilities(request.param.partition(",")[0])
    if request.param == PULLING:
        assert capabilities.text_document is not None
        assert capabilities.workspace is not None
        capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities(related_document_support=True)
        capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    folder = types.WorkspaceFolder(root.as_uri(), "site")
    params = types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), workspace_folders=[folder])
    answer = await lsp_client.initialize_session(params)
    editor = Editor(lsp_client, root, answer.capabilities)
    lsp_client.editor = editor  # type: ignore[attr-defined]
    yield
    await lsp_client.shutdown_session()


def _register(_: types.RegistrationParams) -> None:
    """The client takes every registration."""


class Editor:
    """A buffer of the site's file, as an editor holds it."""

    def __init__(self, client: LanguageClient, root: Path, capabilities: types.ServerCapabilities) -> None:
        self.client = client
        self.root = root
        self.capabilities = capabilities
        self.uri = (root / "conf.d/shop.conf").as_uri()
        self.text = ""
        self.version = 0

    @property
    def encoding(self) -> str:
        kind = self.capabilities.position_encoding
        return str(getattr(kind, "value", kind) or "utf-16")

    @property
    def name(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    @property
    def pulls(self) -> bool:
        return self.capabilities.diagnostic_provider is not None

    def show(self, text: str) -> None:
        """Open the buffer with a text, closed before if it was open."""
        if self.version:
            self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.name))
        self.version += 1
        self.text = text
        item = types.TextDocumentItem(self.uri, "apacheconf", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def place(self, needle: str, shift: int = 0) -> types.Position:
        """The position of a text in the buffer."""
        return types.Position(*Table.of(self.text, self.encoding).place(self.text.index(needle) + shift))

    def range(self, needle: str) -> types.Range:
        return types.Range(self.place(needle), self.place(needle, len(needle)))

    def at(self, found: types.Range) -> str:
        """The text of a range in the buffer."""
        table = Table.of(self.text, self.encoding)
        start, end = found.start, found.end
        return self.text[table.offset(start.line, start.character) : table.offset(end.line, end.character)]

    async def diagnostics(self) -> list[types.Diagnostic]:
        """What the server says of the buffer as it is."""
        if self.pulls:
            report = await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(self.name))
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            assert self.uri not in self.client.diagnostics
            return list(report.items)
        while True:
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            told = self.client.log_messages  # what was logged does not matter here
            assert not told
            if self._is_told():
                return list(self.client.diagnostics[self.uri])

    def _is_told(self) -> bool:
        return self.uri in self.client.diagnostics

    async def actions(
        self, needle: str, found: Iterable[types.Diagnostic] = (), only: list[str] | None = None
    ) -> dict[str, types.CodeAction]:
        """The actions at a text, by their titles."""
        context = types.CodeActionContext(list(found), only=only)  # type: ignore[arg-type]
        params = types.CodeActionParams(self.name, self.range(needle), context)
        answer = await self.client.text_document_code_action_async(params)
        # This client takes an action that has a command for the command.
        return {one.title: one for one in answer or () if isinstance(one, types.CodeAction)}

    async def apply(self, action: types.CodeAction) -> None:
        """Choose an action; its edits change the buffer."""
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        edit = action.edit
        assert edit is not None
        edits: list[Any] = []
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.uri == self.uri
            assert change.text_document.version == self.version
            edits += change.edits
        edits += (edit.changes or {}).get(self.uri, [])
        table = Table.of(self.text, self.encoding)
        text = self.text
        placed = [(table.offset(one.range.start.line, one.range.start.character), one) for one in edits]
        for start, one in sorted(placed, key=lambda pair: -pair[0]):
            text = text[:start] + one.new_text + text[table.offset(one.range.end.line, one.range.end.character) :]
        self.show(text)


@pytest.fixture
def editor(client: LanguageClient) -> Editor:
    found: Editor = client.editor  # type: ignore[attr-defined]
    client.diagnostics.clear()
    return found


def named(found: Iterable[types.Diagnostic], slug: str) -> list[types.Diagnostic]:
    return [one for one in found if one.code == slug]


async def test_a_fix_takes_its_finding_away(editor: Editor) -> None:
    editor.show(SITE)
    found = await editor.diagnostics()
    (weak,) = named(found, "weak-ssl-protocol")
    assert editor.at(weak.range).startswith("+TLSv1")
    actions = await editor.actions("+TLSv1 ", [weak])
    (fix,) = [one for one in actions.values() if one.is_preferred and named(one.diagnostics or (), "weak-ssl-protocol")]
    await editor.apply(fix)
    assert "+TLSv1 " not in editor.text
    editor.client.diagnostics.clear()
    assert not named(await editor.diagnostics(), "weak-ssl-protocol")


async def test_all_safe_fixes_at_once(editor: Editor) -> None:
    editor.show(SITE)
    found = await editor.diagnostics()
    assert named(found, "tls-compression")
    (action,) = (await editor.actions("SSLEngine", only=["source.fixAll"])).values()
    assert action.kind == "source.fixAll.sslint"
    await editor.apply(action)
    editor.client.diagnostics.clear()
    left = await editor.diagnostics()
    assert not named(left, "tls-compression")
    assert not named(left, "weak-ssl-protocol")
    assert "😀" in editor.text


async def test_a_finding_is_ignored_here(editor: Editor) -> None:
    editor.show(SITE)
    found = await editor.diagnostics()
    actions = await editor.actions("SSLCompression", found)
    await editor.apply(actions["Ignore tls-compression here"])
    assert "    # sslint: ignore[tls-compression]\n    SSLCompression on\n" in editor.text
    editor.client.diagnostics.clear()
    assert not named(await editor.diagnostics(), "tls-compression")


async def test_every_finding_of_a_rule_is_fixed(editor: Editor) -> None:
    host = SITE[SITE.index("<VirtualHost") :]
    editor.show(host + host.replace("shop", "www"))
    await editor.diagnostics()
    actions = await editor.actions("SSLCompression")
    await editor.apply(actions["Fix every tls-compression in this file"])
    assert "SSLCompression on" not in editor.text
    assert editor.text.count("+TLSv1 ") == 2


async def test_a_rule_is_explained(editor: Editor) -> None:
    asked = types.ExecuteCommandParams("sslint.explain", ["tls-compression"])
    page = await editor.client.workspace_execute_command_async(asked)
    assert str(page).startswith("# tls-compression (")


async def test_hover_and_definition(editor: Editor) -> None:
    editor.show(SITE)
    await editor.diagnostics()
    told = await editor.client.text_document_hover_async(types.HoverParams(editor.name, editor.place("SSLProtocol", 3)))
    assert told is not None
    assert isinstance(told.contents, types.MarkupContent)
    assert "In force in `shop.example.org" in told.contents.value
    assert "conf.d/shop.conf:7" in told.contents.value
    where = types.DefinitionParams(editor.name, editor.place("${PORT}", 3))
    found = await editor.client.text_document_definition_async(where)
    assert isinstance(found, list)
    uris = [one.target_uri if isinstance(one, types.LocationLink) else one.uri for one in found]  # type: ignore[union-attr]
    assert uris == [(editor.root / "httpd.conf").as_uri()]


async def test_completion(editor: Editor) -> None:
    editor.show(SITE.replace("SSLCompression on", "SSLHon\n    SSLVerifyClient o"))
    await editor.diagnostics()
    asked = types.CompletionParams(editor.name, editor.place("SSLHon", 6))
    found = await editor.client.text_document_completion_async(asked)
    assert isinstance(found, types.CompletionList)
    (item,) = [one for one in found.items if one.label == "SSLHonorCipherOrder"]
    assert isinstance(item.text_edit, types.TextEdit)
    assert editor.at(item.text_edit.range) == "SSLHon"
    item = await editor.client.completion_item_resolve_async(item)
    assert "Context: server config, virtual host" in str(item.documentation)
    asked = types.CompletionParams(editor.name, editor.place("SSLVerifyClient o", 17))
    found = await editor.client.text_document_completion_async(asked)
    assert isinstance(found, types.CompletionList)
    assert "optional" in [one.label for one in found.items]


async def test_outline_folds_and_links(editor: Editor) -> None:
    editor.show(SITE)
    await editor.diagnostics()
    symbols = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.name))
    assert symbols is not None
    assert [one.name for one in symbols] == ["shop.example.org"]
    folds = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(editor.name))
    assert [(one.start_line, one.end_line) for one in folds or ()] == [(0, 1), (2, 7)]
    links = await editor.client.text_document_document_link_async(types.DocumentLinkParams(editor.name))
    assert [(editor.at(one.range), one.target) for one in links or ()] == [
        ("tls/shop.pem", (editor.root / "tls/shop.pem").as_uri())
    ]
