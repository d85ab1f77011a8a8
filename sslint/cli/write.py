"""Writes fixed files: all or nothing, with mode, owner and links kept."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Replace a file's bytes. A link stays a link: the file behind it is replaced."""
    real = os.path.realpath(path)
    status = os.stat(real)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".sslint-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        with contextlib.suppress(OSError, AttributeError):  # only root may give files away
            os.chown(temporary, status.st_uid, status.st_gid)
        os.replace(temporary, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
