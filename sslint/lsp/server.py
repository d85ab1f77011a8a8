"""The server: buffers in, diagnostics out; what else it answers is in `features` and `actions`."""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..registry import load
from ..rule import Rule
from . import actions, features
from .convert import Converter, mistake, plain
from .engine import Engine, Token
from .protocol import Buffers, Document, Protocol
from .session import OPTIONS, Overrides, Result, Session, is_settings
from .uris import path_of

log = logging.getLogger("sslint.lsp")

WATCHED = ("**/.sslint.{yaml,yml}", "**/*.conf", "**/*.vhost", "**/.htaccess", "**/*.{load,pem,crt,key}",
           "**/{sites,conf,mods}-{available,enabled}/*")  # fmt: skip


class Server(LanguageServer):
    """One client's server."""

    protocol: Protocol

    def __init__(self, runs_code: bool = False) -> None:
        super().__init__("sslint", __version__, protocol_cls=Protocol)
        self.session = Session(load(), runs_code)
        self.engine: Engine[Result] = Engine(self._prepare, self._done)
        self.overrides = Overrides()
        self.pulls = False
        """Whether the client asks for diagnostics; else they are sent to it."""
        self._told: dict[str, list[types.Diagnostic]] = {}
        """What the client was told last of each file, by path."""
        self._versions: dict[str, int | None] = {}
        """The versions of the buffers that it was told of."""
        self._ids: dict[str, int] = {}
        self._touched: set[str] | None = set()
        """The buffers that changed since the last analysis; None when something else did."""
        self._complained = ""

    # Buffers

    @property
    def buffers(self) -> Buffers:
        """The client's buffers."""
        return self.protocol.buffers()

    def document(self, uri: str) -> Document | None:
        """The buffer of a URI, if it is open."""
        return self.buffers.find(uri)

    def converter(self) -> Converter:
        """Converts for the present buffers."""
        return Converter(self.buffers.encoding, {path_of(one.uri): one.uri for one in self.buffers.open})

    def touch(self, uri: str | None = None) -> None:
        """A buffer changed, or something else did."""
        if uri is None:
            self._touched = None
        elif self._touched is not None:
            self._touched.add(path_of(uri))
        self.engine.touch()

    # Analysis

    def _prepare(self, token: Token) -> Callable[[], Result]:
        texts = {path_of(one.uri): one.buffer.text for one in self.buffers.open}
        return self.session.work(texts, self.overrides, token)

    async def _done(self, result: Result) -> None:
        for group in result.groups:
            for crash in group.survey.report.crashes:
                log.error("%s failed on %s: %s\n%s", crash.where, crash.path, crash.message, crash.trace)
        self._complain(result.mistakes.get(OPTIONS, ""))
        found = self.diagnostics(result)
        changed = {path for path in {*found, *self._told} if found.get(path, []) != self._told.get(path, [])}
        touched, self._touched = self._touched, set()
        for path in changed:
            self._ids[path] = self._ids.get(path, 0) + 1
        if self.pulls:
            if touched is None or not changed <= touched:
                self._refresh()
        else:
            self._publish(found, changed)
        self._told = {path: items for path, items in found.items() if items}

    def diagnostics(self, result: Result) -> dict[str, list[types.Diagnostic]]:
        """All diagnostics by path; every buffer has an entry."""
        converter = self.converter()
        found: dict[str, list[types.Diagnostic]] = {path: [] for path in result.texts}
        for path, message in result.mistakes.items():
            if path != OPTIONS:
                found.setdefault(path, []).append(mistake(message))
        for group in result.groups:
            names = _names(group.files.resolve, group.paths)
            for finding in group.survey.report.findings:
                one = finding.diagnostic
                items = converter.diagnostic(one)
                for path in dict.fromkeys((one.source.path, *names.get(group.files.resolve(one.source.path), ()))):
                    found.setdefault(path, []).append(items)
            for unread in group.survey.report.unread:
                places = [unread.path] if unread.path in result.texts else group.paths
                note = plain(f"{unread.path}: {unread.message}", types.DiagnosticSeverity.Warning)
                for path in places:
                    found[path].append(note)
            for crash in group.survey.report.crashes:
                text = f"{crash.where} failed, so this is not all: a fault in sslint itself, see its log"
                for path in group.paths:
                    found[path].append(plain(text, types.DiagnosticSeverity.Warning))
        return found

    def _publish(self, found: Mapping[str, list[types.Diagnostic]], changed: Iterable[str]) -> None:
        converter = self.converter()
        before, versions = self._versions, {path_of(one.uri): one.version for one in self.buffers.open}
        self._versions = versions
        newer = {path for path, version in versions.items() if before.get(path, -1) != version}
        for path in sorted({*changed, *newer}):
            uri, version = converter.uri(path), versions.get(path)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, found.get(path, []), version=version)
            )

    def _refresh(self) -> None:
        workspace = self.client_capabilities.workspace
        diagnostics = workspace.diagnostics if workspace else None
        if diagnostics and diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def identity(self, path: str) -> str:
        """The name of what was said of a file last: it changes when that does."""
        return str(self._ids.get(path, 0))

    def rule(self, name: str) -> Rule | None:
        """A rule by its code or slug, those of settings files included."""
        groups = self.engine.result.groups if self.engine.result is not None else ()
        registries = [*(group.registry for group in groups), self.session.registry]
        return next((found for one in registries if (found := one.find(name))), None)

    @property
    def told(self) -> Mapping[str, list[types.Diagnostic]]:
        """What was said last of each file that there is anything to say of."""
        return self._told

    # Settings of the client

    def override(self, options: Any) -> None:
        """Take over what the client's settings say: `configuration` is of the form of a settings file."""
        said = options.get("configuration") if isinstance(options, dict) else None
        text = json.dumps(said) if said else ""
        folder = next((path_of(uri) for uri in self.buffers.folders), path_of(self.buffers.root_uri or "file:///"))
        if self.overrides != (text, folder):
            self.overrides = Overrides(text, folder)
            self.touch()

    def _complain(self, message: str) -> None:
        """Tell once of a mistake in the client's own settings, which have no file."""
        if message and message != self._complained:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"sslint: {message}"))
        self._complained = message

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Faults are logged, never popped up."""
        log.error("%s: %s", getattr(source, "__name__", source), error, exc_info=error)


def _names(resolve: Callable[[str], str], paths: Iterable[str]) -> dict[str, list[str]]:
    """The buffers by their paths behind links."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(resolve(path), []).append(path)
    return found


# Life


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    document = params.capabilities.text_document
    ls.pulls = bool(document and document.diagnostic)
    if ls.pulls:
        options = types.DiagnosticOptions(True, True, identifier="sslint")
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_document_diagnostic)
        ls.feature(types.WORKSPACE_DIAGNOSTIC)(_workspace_diagnostic)
    ls.override(params.initialization_options)


async def _initialized(ls: Server, _: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in WATCHED])
        registration = types.Registration("sslint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        with _forgiven("to watch files"):
            await ls.client_register_capability_async(types.RegistrationParams([registration]))
    if workspace and workspace.configuration:
        await _ask_for_settings(ls)


@contextmanager
def _forgiven(what: str) -> Iterator[None]:
    """A client may refuse what it said that it can do."""
    try:
        yield
    except JsonRpcException as error:
        log.warning("the client refused when it was asked %s: %s", what, error)


async def _ask_for_settings(ls: Server) -> None:
    item = types.ConfigurationItem(section="sslint")
    with _forgiven("for its settings"):
        answers = await ls.workspace_configuration_async(types.ConfigurationParams([item]))
        if answers and answers[0]:
            ls.override(answers[0])


async def _did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    workspace = ls.client_capabilities.workspace
    if workspace and workspace.configuration:
        await _ask_for_settings(ls)
    elif isinstance(params.settings, dict):
        ls.override(params.settings.get("sslint"))


def _shutdown(ls: Server, *_: object) -> None:
    ls.engine.stop()


# Buffers


def _did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.touch(params.text_document.uri)


def _did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    ls.touch(params.text_document.uri)


def _did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if is_settings(path_of(params.text_document.uri)):
        ls.touch()


def _did_close(ls: Server, _: types.DidCloseTextDocumentParams) -> None:
    ls.touch()


def _watched(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    ls.touch()


# Diagnostics that are asked for


async def _document_diagnostic(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    await ls.engine.fresh()
    path = path_of(params.text_document.uri)
    related = _related(ls, path) or None
    identity = ls.identity(path)
    if params.previous_result_id == identity:
        return types.RelatedUnchangedDocumentDiagnosticReport(identity, related_documents=related)
    return types.RelatedFullDocumentDiagnosticReport(ls.told.get(path, []), related, result_id=identity)


def _related(ls: Server, path: str) -> dict[str, Any]:
    """What is said of the other files, for clients that take it along."""
    document = ls.client_capabilities.text_document
    wanted = document.diagnostic.related_document_support if document and document.diagnostic else None
    converter = ls.converter()
    return {
        converter.uri(other): types.FullDocumentDiagnosticReport(items, result_id=ls.identity(other))
        for other, items in (ls.told.items() if wanted else ())
        if other != path
    }


async def _workspace_diagnostic(ls: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    await ls.engine.fresh()
    converter = ls.converter()
    versions = {path_of(one.uri): one.version for one in ls.buffers.open}
    before = {path_of(one.uri): one.value for one in params.previous_result_ids}
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    for path in sorted({*ls.told, *before}):
        uri, identity, version = converter.uri(path), ls.identity(path), versions.get(path)
        if before.get(path) == identity:
            reports.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, identity, version=version))
        else:
            items = ls.told.get(path, [])
            reports.append(types.WorkspaceFullDocumentDiagnosticReport(uri, items, version, result_id=identity))
    return types.WorkspaceDiagnosticReport(reports)


def create(runs_code: bool = False) -> Server:
    """A server with all that it answers; whether rules in Python may run that settings files name."""
    server = Server(runs_code)
    handlers: dict[str, Callable[..., Any]] = {
        types.INITIALIZE: _initialize,
        types.INITIALIZED: _initialized,
        types.SHUTDOWN: _shutdown,
        types.TEXT_DOCUMENT_DID_OPEN: _did_open,
        types.TEXT_DOCUMENT_DID_CHANGE: _did_change,
        types.TEXT_DOCUMENT_DID_SAVE: _did_save,
        types.TEXT_DOCUMENT_DID_CLOSE: _did_close,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _watched,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: _did_change_configuration,
    }
    for method, handler in handlers.items():
        server.feature(method)(handler)
    features.register(server)
    actions.register(server)
    return server


def serve(tcp: tuple[str, int] | None, runs_code: bool = False) -> int:
    """Serve one client until it leaves; the exit status tells whether it said goodbye."""
    server = create(runs_code)
    gc.collect()
    gc.freeze()  # what is there now stays, so that later looks for garbage pass over it
    if tcp is not None:
        server.start_tcp(*tcp)
    else:
        out = sys.stdout.buffer
        sys.stdout = sys.stderr  # nothing but messages may come out there
        server.start_io(stdout=out)
    return 0 if server.protocol.was_shut_down else 1
