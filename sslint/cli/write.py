"""Writes files: all or nothing, with mode, owner and links kept."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile


class Refused(OSError):
    """A file that must not be replaced as things are; the reason is its `strerror`."""

    def __init__(self, reason: str) -> None:
        super().__init__(None, reason)


def write_atomically(path: str, data: bytes, expected: bytes | None = None) -> None:
    """Replace a file's bytes, or make the file. A link stays a link: the file behind it is replaced.

    With `expected`, a file whose bytes are others by now is left alone. Raises OSError.
    """
    real = os.path.realpath(path)
    status = os.stat(real) if expected is not None or os.path.exists(real) else None
    if status is not None and not (status.st_mode & 0o222 and os.access(real, os.W_OK)):
        raise Refused("it is read-only")
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".sslint-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if status is None:
            os.chmod(temporary, 0o666 & ~_umask())
        else:
            _take_over(real, status, temporary)
        if expected is not None and _bytes(real) != expected:
            raise Refused("it changed meanwhile")
        os.replace(temporary, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _take_over(real: str, status: os.stat_result, temporary: str) -> None:
    """Give a new file the old one's owner, labels and mode, in this order: a new owner resets modes."""
    if hasattr(os, "chown"):
        now = os.stat(temporary)
        if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.chown(temporary, status.st_uid, status.st_gid)
            except OSError:
                raise Refused("it belongs to others, and would not any more") from None
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # a file system without them
            for name in os.listxattr(real):
                with contextlib.suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(real, name))
    os.chmod(temporary, stat.S_IMODE(status.st_mode))


def _bytes(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
