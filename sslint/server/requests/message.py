"""One HTTP request as the server meets it, and what the server's lines read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...configuration import Configuration

_HEADERS = {
    "HTTP_ACCEPT": "accept", "HTTP_COOKIE": "cookie", "HTTP_FORWARDED": "forwarded", "HTTP_HOST": "host",
    "HTTP_PROXY_CONNECTION": "proxy-connection", "HTTP_REFERER": "referer", "HTTP_USER_AGENT": "user-agent",
}  # fmt: skip
_METHODS = frozenset(
    "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK "
    "VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL "
    "MERGE".split()
)


class Kind(Enum):
    """What a path of the server's file system is."""

    FILE = "file"
    FOLDER = "folder"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class World:
    """What a prediction may know beside the configuration.

    `kind` tells what a path is, `backend` with which status a backend answers at a URL, `htaccess`
    reads the `.htaccess` of a path; each gives None where it doesn't know. Without `kind` every path
    counts as a file that is there.
    """

    kind: Callable[[str], Kind | None] | None = None
    backend: Callable[[str], int | None] | None = None
    htaccess: Callable[[str], Configuration | None] | None = None

    def kind_of(self, path: str) -> Kind | None:
        """What a path is; None where that isn't known."""
        return self.kind(path) if self.kind is not None else None


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `path` is the URL path as it is sent, `host` the Host header without port.

    `user` is somebody who sends valid credentials, `certificate` tells of a client certificate that the
    server accepts. `headers` have names in lower case. `port` is the Host header's, 0 where it has none.
    """

    path: str
    tls: bool
    method: str = "GET"
    user: str | None = None
    host: str = ""
    port: int = 0
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    client: str = "127.0.0.1"
    local: str = "127.0.0.1"
    certificate: bool = False
    environment: Mapping[str, str | None] = field(default_factory=dict)
    """What SetEnvIf made of it; None for a variable that may be set or not."""
    document_root: str | None = None
    protocol: str = "HTTP/1.1"
    """The version of HTTP, as `SERVER_PROTOCOL` has it."""
    is_subrequest: bool = False
    """Whether the server makes it itself, to find a DirectoryIndex."""

    @property
    def limit(self) -> str:
        """The method as `<Limit>` and Require method see it: HEAD is GET there; empty for one that nobody knows."""
        method = "GET" if self.method == "HEAD" else self.method
        return method if method in _METHODS else ""

    def lookup(self, name: str) -> str | None:
        """A variable by its name in upper case, as `ap_expr` and mod_rewrite name it; None where it can't be told."""
        if name.startswith("HTTP:"):
            return self._header(name[5:].lower())
        if name in _HEADERS:
            return self._header(_HEADERS[name])
        if name.startswith("ENV:"):
            return self.environment.get(name[4:], "")
        if name.startswith(("SSL_", "SSL:")):
            return None if self.tls else ""
        known = _KNOWN.get(name)
        return known(self) if known is not None else None

    def _header(self, name: str) -> str:
        if name == "host":
            return f"{self.host}:{self.port}" if self.port else self.host
        return self.headers.get(name, "")


_KNOWN: dict[str, Callable[[Request], str | None]] = {
    "DOCUMENT_ROOT": lambda request: request.document_root,
    "HTTPS": lambda request: "on" if request.tls else "off",
    "REQUEST_SCHEME": lambda request: "https" if request.tls else "http",
    "SERVER_PORT": lambda request: str(request.port or (443 if request.tls else 80)),
    "REQUEST_METHOD": lambda request: request.method,
    "REQUEST_URI": lambda request: request.path,
    "QUERY_STRING": lambda request: request.query,
    "THE_REQUEST": lambda request: " ".join(
        (request.method, request.path + ("?" if request.query else "") + request.query, request.protocol)
    ),
    "SERVER_PROTOCOL": lambda request: request.protocol,
    "PROTOCOL": lambda request: request.protocol,
    "SERVER_NAME": lambda request: request.host,
    "REMOTE_ADDR": lambda request: request.client,
    "SERVER_ADDR": lambda request: request.local,
    "REMOTE_USER": lambda request: request.user or "",
    "IS_SUBREQ": lambda request: "true" if request.is_subrequest else "false",
    "AUTH_TYPE": lambda _: "",
}
