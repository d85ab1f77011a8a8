"""Files that directives name beside the configuration: certificates, keys, lists of authorities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..files import ReadError, Status

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 1 << 20
"""A file of more bytes than this is not read: no certificate is that large."""


class Material:
    """Reads such files by the server's paths, each once; `read` is None where none may be read.

    `status` tells mode and size of a path, `real` where a path of the server's lies here. `now` is
    the time that validity is judged by; without it nothing is said about expiry. `demanded` says that
    every file must be there and readable.
    """

    def __init__(
        self,
        read: Callable[[str], bytes] | None = None,
        status: Callable[[str], Status | None] | None = None,
        real: Callable[[str], str] | None = None,
        now: datetime | None = None,
        demanded: bool = False,
    ) -> None:
        self._read = read
        self._status = status
        self._real = real
        self.now = now
        self.demanded = demanded
        self._kept: dict[str, bytes | ReadError] = {}

    @property
    def may_read(self) -> bool:
        """Whether anything may be read at all."""
        return self._read is not None

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises ReadError."""
        if path not in self._kept:
            self._kept[path] = self._fetch(path)
        found = self._kept[path]
        if isinstance(found, ReadError):
            raise ReadError(str(found))
        return found

    def _fetch(self, path: str) -> bytes | ReadError:
        if self._read is None:
            return ReadError("no files may be read")
        status = self.status(path)
        if status is not None and status.size > LARGEST:
            return ReadError("larger than 1 MiB")
        try:
            return self._read(path)
        except ReadError as error:
            return error

    def status(self, path: str) -> Status | None:
        """Mode and size of a file or folder; None where that can't be told."""
        return self._status(path) if self._status is not None else None

    def place(self, path: str) -> str:
        """Where a path of the server's lies here."""
        return self._real(path) if self._real is not None else path

    def is_elsewhere(self, path: str) -> bool:
        """Whether a path of the server's lies at another place here: what was read is a copy."""
        return self.place(path) != path

    @property
    def unread(self) -> Iterable[tuple[str, str]]:
        """The files that could not be read, with the reasons."""
        return ((path, str(found)) for path, found in self._kept.items() if isinstance(found, ReadError))
