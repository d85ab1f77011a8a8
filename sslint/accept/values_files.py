"""Directives that are refused when a file or folder is not there. Asked only where that can be known."""

from __future__ import annotations

import posixpath

from .values_base import FileFacts, Problems, Use, ValueProblem

_NEEDED = frozenset(
    "sslcertificatefile sslcertificatekeyfile sslcertificatechainfile sslcacertificatefile sslcacertificatepath "
    "sslcadnrequestfile sslcadnrequestpath sslcarevocationfile sslcarevocationpath sslocsprespondercertificatefile "
    "sslsessionticketkeyfile sslsrpverifierfile sslproxycacertificatefile sslproxycacertificatepath "
    "sslproxycarevocationfile sslproxycarevocationpath sslproxymachinecertificatefile "
    "sslproxymachinecertificatepath sslproxymachinecertificatechainfile coredumpdirectory serverroot "
    "defaultruntimedir remoteipinternalproxylist remoteiptrustedproxylist sessioncryptopassphrasefile chrootdir".split()
)
"""Directives whose only word names something that must exist, relative to ServerRoot."""


def missing(use: Use, files: FileFacts) -> Problems:
    """The word that names nothing, if that is certain."""
    if use.name == "documentroot":
        index = 0 if use.place == "server" else None
    elif use.name in _NEEDED:
        index = 0
    else:
        index = {"rewritemap": 1}.get(use.name)
    if index is None or index >= len(use.words):
        return
    path = _path(use, use.words[index])
    if path and files.exists(posixpath.join(use.target.server_root, path)) is False:
        word = use.words[index]
        yield ValueProblem(index, 0, len(word), f"{path} does not exist", environment=True)


def _path(use: Use, word: str) -> str:
    """The path in a word; empty when it names none."""
    if use.name == "rewritemap":
        kind, colon, rest = word.partition(":")
        return rest if colon and kind.lower() in ("txt", "rnd", "prg") else ""
    if use.name.startswith("sslcertificate") and word.lower().startswith("pkcs11:"):
        return ""
    return word if not word.startswith("|") else ""
