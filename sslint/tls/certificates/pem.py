"""PEM blocks, found the way OpenSSL finds them (`PEM_read_bio_ex` in crypto/pem/pem_lib.c)."""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

_BEGIN, _END, _TAIL = b"-----BEGIN ", b"-----END ", b"-----"
_BLANKS = bytes(range(33))
_LINE_OF_BASE64 = 16
"""A shorter first line is taken for prose."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*={0,2}\Z")

CERTIFICATE = frozenset({"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"})
"""Labels that hold a certificate where one is looked for."""
PRIVATE_KEY = frozenset(
    {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"}
)
"""Labels that hold a private key."""


class Block(NamedTuple):
    """One block: its label, whether it is encrypted, and its bytes; `error` says why it can't be read."""

    label: str
    encrypted: bool
    der: bytes
    error: str = ""


def blocks(data: bytes) -> list[Block]:
    """The blocks of a file, up to and including the first that OpenSSL can't read.

    Text around them is passed over, and so is a block whose first line is indented. White space at the
    end of lines, and a byte order mark at the beginning of the file, count for nothing.
    """
    lines = [line.rstrip(_BLANKS) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    found: list[Block] = []
    number = 0
    while number < len(lines):
        label = _label(lines[number])
        number += 1
        if label is None:
            continue
        begun = number
        while number < len(lines) and not lines[number].startswith(_END):
            number += 1
        closed = number < len(lines) and lines[number] == _END + label + _TAIL
        found.append(_block(label, lines[begun:number], closed))
        if found[-1].error:
            break
        number += 1
    return found


def _label(line: bytes) -> bytes | None:
    if not (line.startswith(_BEGIN) and line.endswith(_TAIL)) or len(line) < len(_BEGIN) + len(_TAIL):
        return None
    return line[len(_BEGIN) : -len(_TAIL)]


def _block(label: bytes, lines: list[bytes], closed: bool) -> Block:
    """One block out of the lines between its first and last."""
    name = label.decode("latin-1")
    if not closed:
        return Block(name, False, b"", f"the block {name} has no END line")
    header: list[bytes] = []
    body = lines
    if b"" in lines:
        blank = lines.index(b"")
        header, body = lines[:blank], lines[blank + 1 :]
    if b"" in body:
        return Block(name, False, b"", f"a blank line stands in the block {name}")
    words = b"\n".join(header).replace(b" ", b"")
    if header and not words.startswith(b"Proc-Type:4,"):
        return Block(name, False, b"", f"header lines stand in the block {name}")
    encrypted = name == "ENCRYPTED PRIVATE KEY" or words.startswith(b"Proc-Type:4,ENCRYPTED")
    der = _decoded(body)
    return Block(name, encrypted, der or b"", "" if der is not None else f"bad base64 in the block {name}")


def _decoded(lines: list[bytes]) -> bytes | None:
    """The bytes of lines of base64, None if that is damaged. A `-` ends it, as `EVP_DecodeUpdate` takes it."""
    text = b"".join(lines).translate(None, b" \t\r\n").partition(b"-")[0]
    return binascii.a2b_base64(text) if len(text) % 4 == 0 and _BASE64.match(text) else None


def bare(data: bytes) -> bytes:
    """What the first run of base64 lines in a file stands for, with or without a PEM block's first and last line.

    mod_ssl looks for private keys so too (`modssl_read_privatekey` with `BIO_f_base64`).
    """
    run: list[bytes] = []
    for line in data.split(b"\n"):
        text = line.strip()
        if text and _BASE64.match(text) and (run or len(text) >= _LINE_OF_BASE64):
            run.append(text)
        elif run and text:
            break
    return _decoded(run) or b""
