"""What mod_ssl makes of `SSLCipherSuite` before OpenSSL sees it."""

from __future__ import annotations

from typing import NamedTuple

_EXCLUDED = "!aNULL:!eNULL:!EXP"


class EffectiveString(NamedTuple):
    """The string handed to `SSL_CTX_set_cipher_list`, and where in it the administrator's value stands.

    `start` and `end` are the offsets of the value, or of the compile-time default that stands in for it.
    """

    text: str
    start: int
    end: int

    def offset_in_value(self, offset: int) -> int | None:
        """An offset of `text` as one of the value; None for what mod_ssl added."""
        return offset - self.start if self.start <= offset <= self.end else None


def mod_ssl_string(
    value: str | None, httpd_version: tuple[int, int, int], compile_time_default: str
) -> EffectiveString | None:
    """The effective cipher string of SSLCipherSuite or SSLProxyCipherSuite.

    `value` is the directive's, without the protocol word; None when there is no directive.
    `compile_time_default` is SSL_DEFAULT_CIPHER_LIST of the headers that mod_ssl was built with,
    usually `Library.default_string`. None as an answer means that mod_ssl sets nothing and the
    library's own default stays. From 2.4.17 `SSLOpenSSLConfCmd CipherString` is treated alike.
    ssl_cmd_SSLCipherSuite and ssl_init_ctx_cipher_suite of modules/ssl.
    """
    before, after = _additions(value is None, httpd_version)
    if value is None and not before and not after:
        return None
    text = compile_time_default if value is None else value
    return EffectiveString(before + text + after, len(before), len(before) + len(text))


def _additions(unset: bool, version: tuple[int, int, int]) -> tuple[str, str]:
    """What stands before and after the value."""
    if version >= (2, 4, 17):
        return "", f":{_EXCLUDED}"
    if (2, 4, 7) <= version < (2, 4, 13) and unset:
        return "!EXP:", ""
    if version >= (2, 4, 7) or (2, 2, 30) <= version < (2, 3, 0):
        return f"{_EXCLUDED}:", ""
    return "", ""
