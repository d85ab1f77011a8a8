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
        return self.document_root if name == "DOCUMENT_ROOT" else self._known().get(name)

    def _header(self, name: str) -> str:
        if name == "host":
            return f"{self.host}:{self.port}" if self.port else self.host
        return self.headers.get(name, "")

    def _known(self) -> dict[str, str]:
        scheme = "https" if self.tls else "http"
        return {
            "HTTPS": "on" if self.tls else "off",
            "REQUEST_SCHEME": scheme,
            "SERVER_PORT": str(self.port or (443 if self.tls else 80)),
            "REQUEST_METHOD": self.method,
            "REQUEST_URI": self.path,
            "QUERY_STRING": self.query,
            "THE_REQUEST": f"{self.method} {self.path}{'?' if self.query else ''}{self.query} {self.protocol}",
            "SERVER_PROTOCOL": self.protocol,
            "PROTOCOL": self.protocol,
            "SERVER_NAME": self.host,
            "REMOTE_ADDR": self.client,
            "SERVER_ADDR": self.local,
            "REMOTE_USER": self.user or "",
            "IS_SUBREQ": "true" if self.is_subrequest else "false",
            "AUTH_TYPE": "",
        }
