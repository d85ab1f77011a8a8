"""Where texts come from. Only `DiskFiles` touches the disk, and only the shells make one."""

from __future__ import annotations

import enum
import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

_DRIVE = re.compile(r"[A-Za-z]:[/\\]")


class Kind(enum.Enum):
    """What a path names."""

    FILE = "file"
    DIRECTORY = "directory"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Outside the boundary: nobody may look."""


class ReadError(Exception):
    """A file that could not be read; the message is for people."""


class Status(NamedTuple):
    """What is known of a file besides its bytes. `mode` is that of POSIX, None where there is no such thing."""

    mode: int | None
    size: int


class Files(Protocol):
    """A read-only file system, addressed by absolute, normalised paths with `/`."""

    def kind(self, path: str) -> Kind:
        """What the path names, symbolic links followed."""
        ...

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises ReadError."""
        ...

    def list(self, path: str) -> list[str]:
        """The names in a directory, in byte order. Raises ReadError."""
        ...

    def resolve(self, path: str) -> str:
        """The path behind symbolic links: all names of one file come out as the same."""
        ...

    def status(self, path: str) -> Status | None:
        """Mode and size, symbolic links followed; None where nobody may look, or nothing is there."""
        ...


class DiskFiles:
    """The disk, seen through a path map and kept inside a boundary.

    `path_map` sends the server's paths to real ones (`/etc/apache2` → `/repo/etc/apache2`),
    longest prefix first. A path that after mapping lies below none of the `boundary` folders
    is UNKNOWN and can't be read. An empty boundary means no limit.
    """

    def __init__(self, path_map: Mapping[str, str] | None = None, boundary: Iterable[str] = ()) -> None:
        pairs = [(_folder(server), _folder(real)) for server, real in (path_map or {}).items()]
        self._map = sorted(pairs, key=lambda pair: -len(pair[0]))
        self._boundary = tuple(_folder(os.path.realpath(folder)) for folder in boundary)
        self._folders: dict[str, str] = {}
        self._resolved: dict[str, str] = {}
        """Folders and files that were met, with the paths behind symbolic links: following them is most of the work."""

    def real(self, path: str) -> str:
        """Where a server path lies on this disk."""
        for server, real in self._map:
            if (path + "/").startswith(server):
                return posixpath.normpath(real + path[len(server) :])
        return path

    def _inside(self, real: str) -> bool:
        return not self._boundary or (self._followed(real) + "/").startswith(self._boundary)

    def _followed(self, real: str) -> str:
        """The path behind symbolic links."""
        found = self._resolved.get(real)
        if found is None:
            folder, name = os.path.split(real)
            if folder not in self._folders:
                self._folders[folder] = os.path.realpath(folder)
            found = os.path.join(self._folders[folder], name)
            if name in ("", ".", "..") or os.path.islink(found):
                found = os.path.realpath(real)
            self._resolved[real] = found
        return found

    def kind(self, path: str) -> Kind:
        real = self.real(path)
        try:
            if not self._inside(real):
                return Kind.UNKNOWN
            if os.path.isdir(real):
                return Kind.DIRECTORY
            return Kind.FILE if os.path.exists(real) else Kind.MISSING
        except (OSError, ValueError):
            return Kind.MISSING

    def read(self, path: str) -> bytes:
        real = self.real(path)
        try:
            if not self._inside(real):
                raise ReadError("outside the folders that may be read")
            if os.path.exists(real) and not os.path.isfile(real) and os.path.realpath(real) != "/dev/null":
                raise ReadError("not a regular file")
            with open(real, "rb") as stream:
                return stream.read()
        except OSError as error:
            raise ReadError(error.strerror or str(error)) from None
        except ValueError as error:
            raise ReadError(str(error)) from None

    def list(self, path: str) -> list[str]:
        real = self.real(path)
        try:
            if not self._inside(real):
                raise ReadError("outside the folders that may be read")
            return sorted(os.listdir(real), key=os.fsencode)
        except OSError as error:
            raise ReadError(error.strerror or str(error)) from None
        except ValueError as error:
            raise ReadError(str(error)) from None

    def resolve(self, path: str) -> str:
        real = self.real(path)
        try:
            return self._followed(real).replace(os.sep, "/")
        except (OSError, ValueError):
            return real

    def status(self, path: str) -> Status | None:
        real = self.real(path)
        try:
            if not self._inside(real):
                return None
            found = os.stat(real)
        except (OSError, ValueError):
            return None
        return Status(found.st_mode if os.name == "posix" else None, found.st_size)


class MemoryFiles:
    """Files in memory: a mapping of absolute paths to texts or bytes. Used by tests and examples."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            posixpath.normpath(path): data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
            for path, data in files.items()
        }
        self._folders: dict[str, set[str]] = {"/": set()}
        for path in self._files:
            child = path
            while child != "/":
                parent, name = posixpath.split(child)
                self._folders.setdefault(parent, set()).add(name)
                child = parent

    def kind(self, path: str) -> Kind:
        if path in self._files:
            return Kind.FILE
        return Kind.DIRECTORY if path in self._folders else Kind.MISSING

    def read(self, path: str) -> bytes:
        try:
            return self._files[path]
        except KeyError:
            raise ReadError("No such file or directory") from None

    def list(self, path: str) -> list[str]:
        try:
            return sorted(self._folders[path], key=os.fsencode)
        except KeyError:
            raise ReadError("No such file or directory") from None

    def resolve(self, path: str) -> str:
        return path

    def status(self, path: str) -> Status | None:
        return Status(None, len(self._files[path])) if path in self._files else None


class OverlayFiles:
    """Another file system with some files replaced, such as unsaved editor buffers or standard input.

    A file is replaced under all its names, those that are symbolic links to it included.
    """

    def __init__(self, base: Files, overlay: Mapping[str, bytes]) -> None:
        self._base = base
        self._overlay = dict(overlay)
        self._resolved = {base.resolve(path): data for path, data in overlay.items()}

    def kind(self, path: str) -> Kind:
        return Kind.FILE if path in self._overlay else self._base.kind(path)

    def read(self, path: str) -> bytes:
        data = self._overlay.get(path)
        if data is None and self._resolved:
            data = self._resolved.get(self._base.resolve(path))
        return self._base.read(path) if data is None else data

    def list(self, path: str) -> list[str]:
        try:
            names = set(self._base.list(path))
        except ReadError:
            names = set()
        prefix = path.rstrip("/") + "/"
        names.update(name[len(prefix) :] for name in self._overlay if posixpath.dirname(name) + "/" == prefix)
        if not names and self._base.kind(path) is not Kind.DIRECTORY:
            raise ReadError("No such file or directory")
        return sorted(names, key=os.fsencode)

    def resolve(self, path: str) -> str:
        return self._base.resolve(path)

    def status(self, path: str) -> Status | None:
        return Status(None, len(self._overlay[path])) if path in self._overlay else self._base.status(path)


def is_absolute(path: str) -> bool:
    """Whether a path of the server's is absolute, with a drive letter or without."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def below(folder: str, path: str) -> str:
    """A path of the server's made absolute and normal. What begins with a drive letter is absolute: `/c:/Apache24`."""
    if _DRIVE.match(path):
        path = "/" + path[0].lower() + path[1:].replace("\\", "/")
    whole = path if path.startswith("/") else posixpath.join(folder or "/", path)
    return "/" + posixpath.normpath(whole).lstrip("/")


def _folder(path: str) -> str:
    return path.rstrip("/") + "/"
