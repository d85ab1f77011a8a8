"""What is in force where nothing is set: the target's defaults, the model's own values before documented ones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from ..knowledge.directives import directives
from ..knowledge.versions import HttpdVersion
from ..server import VirtualHost
from ..server.merging.merge import merging
from . import offer, proxy_offer
from .protocols import policy_floor

_REMARK = re.compile(
    r"\s*(?:\[\*\]|\((?:up to|depends|since|before|in|on|until|disabled|Unix|one|5 min)[^)]*\)| - ).*$"
)
_PROSE = re.compile(r"\b(?:see usage|by default|uses operating|value of|varies|automatic|but|DEFAULT_REL|zlib's)", re.I)
_LARGER_BODIES = HttpdVersion(2, 4, 54)
"""Up to here LimitRequestBody was unlimited."""


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
    value = value.strip() if name.lower() == key else text
    return None if not value or _PROSE.search(value) else value


def _protocols(host: VirtualHost) -> str:
    """What is switched on; where a distribution's policy sets the bounds, from its lowest version on."""
    floor = policy_floor(host.server.target)
    return " ".join(one.word for one in offer(host).switched_on if floor is None or one >= floor)


def _folder(host: VirtualHost) -> str:
    return posixpath.join(host.server.configuration.server_root, "htdocs")


def _compression(host: VirtualHost) -> str:
    return "on" if offer(host).compression.value else "off"


def _body(host: VirtualHost) -> str:
    return "1073741824" if host.server.target.httpd >= _LARGER_BODIES else "0"


_MODELLED: dict[str, Callable[[VirtualHost], str | None]] = {
    "sslprotocol": _protocols,
    "sslciphersuite": lambda host: offer(host).cipher.text or None,
    "sslproxyciphersuite": lambda host: proxy_offer(host).cipher.text or None,
    "sslcompression": _compression,
    "limitrequestbody": _body,
    "documentroot": _folder,
    "serverroot": lambda host: host.server.configuration.server_root or None,
}
