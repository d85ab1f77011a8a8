"""The protocol as pygls speaks it, with what the specification wants otherwise."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.workspace import TextDocument, Workspace

from ..syntax import Tree, parse
from ..text import Source
from .text import UTF16, Buffer

if TYPE_CHECKING:
    from .server import Server

log = logging.getLogger("sslint.lsp")

_NOT_INITIALIZED = -32002
_INVALID_REQUEST = -32600
_INVALID_PARAMS = -32602


class Document(TextDocument):
    """A buffer of the client's."""

    def __init__(self, uri: str, text: str, version: int | None, language: str | None, encoding: str) -> None:
        super().__init__(uri, source=None, version=version, language_id=language)
        self.buffer = Buffer(text, encoding)
        self._tree: Tree | None = None

    def tree(self, path: str) -> Tree:
        """The buffer's tree, under a path; made once for each state of it."""
        text = self.buffer.text
        if self._tree is None or self._tree.source.text is not text:
            self._tree = parse(Source(path, text))
        return self._tree

    @property
    def source(self) -> str:
        return self.buffer.text

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.buffer.lines)

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = change.range.start, change.range.end
            self.buffer.edit((start.line, start.character), (end.line, end.character), change.text)
        else:
            self.buffer.replace(change.text)


class Buffers(Workspace):
    """The client's buffers and folders."""

    def __init__(self, before: Workspace) -> None:
        super().__init__(before.root_uri, position_encoding=before.position_encoding)
        self._folders = before.folders
        encoding = before.position_encoding
        self.encoding = str(getattr(encoding, "value", encoding) or UTF16)

    def _create_text_document(
        self, doc_uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
    ) -> Document:
        return Document(doc_uri, source or "", version, language_id, self.encoding)

    @property
    def open(self) -> list[Document]:
        """The buffers that are open."""
        return [one for one in self.text_documents.values() if isinstance(one, Document)]

    def find(self, uri: str) -> Document | None:
        """The buffer of a URI, if it is open."""
        found = self.text_documents.get(unquote(uri))
        return found if isinstance(found, Document) else None

    def update_text_document(
        self, text_doc: types.VersionedTextDocumentIdentifier, change: types.TextDocumentContentChangeEvent
    ) -> None:
        if self.find(text_doc.uri) is not None:  # who never opened it is not listened to
            super().update_text_document(text_doc, change)


class Protocol(LanguageServerProtocol):
    """Answers every request, also those that come too early, too late, or make no sense."""

    _server: Server

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Turn a message into its type; a request whose parameters are none gets its answer here."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._refuse(data["id"], _INVALID_PARAMS, f"bad parameters for {data['method']}")
            else:
                log.warning("a message that makes no sense was left out: %s", error)
            return None

    def handle_message(self, message: Any) -> None:
        """Pass a message on, unless it comes before `initialize` or after `shutdown`."""
        if message is None:
            return
        method = getattr(message, "method", None)
        waits_for_answer = getattr(message, "id", None) is not None
        if self._shutdown and method is not None and method != types.EXIT:
            if waits_for_answer:
                self._refuse(message.id, _INVALID_REQUEST, "the server is shutting down")
            return
        if self._workspace is None and method not in (None, types.INITIALIZE, types.EXIT):
            if waits_for_answer:
                self._refuse(message.id, _NOT_INITIALIZED, "the server is not initialized")
            return
        if method == types.INITIALIZE and self._workspace is not None:
            self._refuse(message.id, _INVALID_REQUEST, "the server is initialized already")
            return
        if method is None and self._shutdown:  # an answer to an earlier request of ours is still welcome
            self._answered(message)
            return
        super().handle_message(message)

    def _answered(self, message: Any) -> None:
        error = getattr(message, "error", None)
        self._handle_response(message.id, getattr(message, "result", None), error)

    def _refuse(self, identifier: Any, code: int, message: str) -> None:
        self._send_response(identifier, error=types.ResponseError(code=code, message=message))

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_: Any) -> Generator[Any, Any, None]:
        """Leave the loop that reads messages; who runs it ends the process."""
        self._server.stop()
        yield from ()  # pygls has a generator here, for what is to be done before

    @property
    def was_shut_down(self) -> bool:
        """Whether the client said goodbye before it left."""
        return self._shutdown

    def buffers(self) -> Buffers:
        """The client's buffers; pygls's own workspace is replaced at the first question."""
        if not isinstance(self.workspace, Buffers):
            self._workspace = Buffers(self.workspace)
        assert isinstance(self._workspace, Buffers)
        return self._workspace
