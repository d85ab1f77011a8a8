"""The server's life: the handshake, buffers that come and go, diagnostics that are asked for, and the end."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from . import actions, features
from .server import Server
from .session import is_settings
from .uris import path_of

log = logging.getLogger("sslint.lsp")

WATCHED = ("**/.sslint.{yaml,yml}", "**/*.conf", "**/*.vhost", "**/.htaccess", "**/*.{load,pem,crt,key}",
           "**/{sites,conf,mods}-{available,enabled}/*")  # fmt: skip


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    document, workspace = params.capabilities.text_document, params.capabilities.workspace
    renews = workspace is not None and workspace.diagnostics is not None and workspace.diagnostics.refresh_support
    # Who can't be told that another file's change matters here would keep what is stale: Neovim 0.11 can't.
    ls.pulls = bool(document and document.diagnostic and renews)
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
