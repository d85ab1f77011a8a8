"""What is in force where nothing is set: the target's defaults, the model's own values before documented ones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from ..knowledge.directives import directives
from ..server import VirtualHost
from ..server.merge import merging
from ..tls import offer

_REMARK = re.compile(r"\s*\((?:up to|depends|since|before|in|on|until)\b[^)]*\)\s*$")


def default_words(host: VirtualHost, key: str) -> str | None:
    """The value of a directive that nothing sets, as it would be written; None where there is none."""
    if host.server.is_fragment:
        return None
    modelled = _MODELLED.get(key)
    if modelled is not None:
        return modelled(host)
    older = merging().rule(key, host.server.target.httpd).default(host.server.target.httpd)
    if older is not None:
        return older
    facts = directives().lookup(key, section=False)
    if facts is None or not facts.default:
        return None
    text = _REMARK.sub("", facts.default[0])
    name, _, value = text.partition(" ")
    return value.strip() if name.lower() == key else text


def _protocols(host: VirtualHost) -> str:
    return " ".join(one.word for one in offer(host).switched_on)


def _folder(host: VirtualHost) -> str:
    return posixpath.join(host.server.configuration.server_root, "htdocs")


_MODELLED: dict[str, Callable[[VirtualHost], str | None]] = {
    "sslprotocol": _protocols,
    "sslciphersuite": lambda host: offer(host).cipher.text or None,
    "documentroot": _folder,
    "serverroot": lambda host: host.server.configuration.server_root or None,
}
