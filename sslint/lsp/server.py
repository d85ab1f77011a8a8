"""What one client's server knows: its buffers, what came of them, and what the client was told."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..registry import load
from ..rule import Rule
from .convert import Converter, mistake, plain
from .engine import Engine, Token
from .protocol import Buffers, Document, Protocol
from .session import OPTIONS, Overrides, Result, Session
from .uris import path_of

log = logging.getLogger("sslint.lsp")


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

    @cached_property
    def pages(self) -> TemporaryDirectory[str]:
        """A folder for pages that the client is to show; it goes when the server ends."""
        return TemporaryDirectory(prefix="sslint-")

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

    def stop(self) -> None:
        """Read no more messages."""
        if self._stop_event is not None:
            self._stop_event.set()

    def shutdown(self) -> None:
        """Let go of a client that has left; from Python 3.12 on a TCP server waits for that."""
        if isinstance(self.protocol.writer, asyncio.StreamWriter):
            self.protocol.writer.close()
        super().shutdown()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Faults are logged, never popped up."""
        log.error("%s: %s", getattr(source, "__name__", source), error, exc_info=error)


def _names(resolve: Callable[[str], str], paths: Iterable[str]) -> dict[str, list[str]]:
    """The buffers by their paths behind links."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(resolve(path), []).append(path)
    return found
