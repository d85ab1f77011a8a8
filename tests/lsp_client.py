"""A bare client of the language server, which can send what no well-behaved client would."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

Message = dict[str, Any]
PATIENCE = 15.0


class Client:
    """Starts a server, and ends it when the block ends."""

    def __init__(self, *arguments: str, cwd: Path | None = None) -> None:
        command = [sys.executable, "-m", "sslint", "server", *arguments]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd
        )
        self.unread: list[Message] = []
        self.errors: list[bytes] = []
        self._arrived: queue.Queue[Message | None] = queue.Queue()
        self._number = 0
        for work in (self._read, self._listen):
            threading.Thread(target=work, daemon=True).start()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while (line := out.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not line:
                self._arrived.put(None)
                return
            self._arrived.put(json.loads(out.read(length)))

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self.errors += iter(self.process.stderr.readline, b"")

    def write(self, body: bytes) -> None:
        """Send a body as it is."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, **message: Any) -> None:
        """Send a message."""
        self.write(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send(method=method, params=params)

    def ask(self, method: str, params: Any) -> int:
        """Send a request, without waiting for the answer."""
        self._number += 1
        self.send(id=self._number, method=method, params=params)
        return self._number

    def answer(self, number: int) -> Message:
        """The answer to a request."""
        return self.wait(lambda one: one.get("id") == number and "method" not in one)

    def request(self, method: str, params: Any) -> Any:
        """The result of a request, which must not fail."""
        message = self.answer(self.ask(method, params))
        assert "error" not in message, message
        return message["result"]

    def wait(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message that is wanted; others are kept."""
        for number, message in enumerate(self.unread):
            if wanted(message):
                return self.unread.pop(number)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                arrived = self._arrived.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"nothing of the kind came: {self.unread}\n{self.errors}") from None
            assert arrived is not None, b"".join(self.errors).decode()
            if wanted(arrived):
                return arrived
            self.unread.append(arrived)

    def start(self, root: Path | None = None, capabilities: Message | None = None, **more: Any) -> Message:
        """Shake hands; returns the server's capabilities."""
        params = {"processId": None, "rootUri": root.as_uri() if root else None, "capabilities": capabilities or {}}
        result: Message = self.request("initialize", {**params, **more})
        self.notify("initialized", {})
        capability: Message = result["capabilities"]
        return capability

    def open(self, path: Path, text: str | None = None, version: int = 1) -> str:
        """Open a buffer of a file; returns its URI."""
        uri = path.as_uri()
        shown = path.read_text("utf-8") if text is None else text
        document = {"uri": uri, "languageId": "apacheconf", "version": version, "text": shown}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        """Replace a buffer's text."""
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def published(self, uri: str, version: int | None = None) -> list[Message]:
        """The diagnostics that are sent for a file, for a version of it."""

        def wanted(one: Message) -> bool:
            if one.get("method") != "textDocument/publishDiagnostics" or one["params"]["uri"] != uri:
                return False
            return version is None or one["params"].get("version") == version

        found: list[Message] = self.wait(wanted)["params"]["diagnostics"]
        return found

    def leave(self) -> int:
        """Say goodbye; returns the exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(PATIENCE)


def at(text: str, needle: str, shift: int = 0) -> dict[str, int]:
    """The position of a text in plain ASCII."""
    offset = text.index(needle) + shift
    line = text.count("\n", 0, offset)
    return {"line": line, "character": offset - (text.rfind("\n", 0, offset) + 1)}
