"""What goes wrong with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .selection import Element

Kind = Literal["no-match", "invalid-command"]


class CipherStringError(ValueError):
    """OpenSSL refuses the list, so httpd does not start ("Unable to configure permitted SSL ciphers").

    `kind` is `invalid-command` for a syntax error (SSL_R_INVALID_COMMAND) and `no-match` where
    nothing is selected (SSL_R_NO_CIPHER_MATCH). `offset` is the place in the string at which a
    word was expected, None where no place is to blame. `elements` tells what each element did.
    """

    def __init__(self, kind: Kind, message: str, offset: int | None = None, elements: tuple[Element, ...] = ()) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        self.offset = offset
        self.elements = elements
