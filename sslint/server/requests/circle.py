"""Redirects that lead a client round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answer import Answer
from .asked import NotServedError, asked
from .request import predict

if TYPE_CHECKING:
    from ..host import VirtualHost

_MOST = 8
_FOLLOWED = (301, 302, 303, 307, 308)


def circle(host: VirtualHost, path: str, *, tls: bool) -> tuple[Answer, ...]:
    """The answers of the circle into which a request for a URL path leads a client; empty where it ends.

    The first is that to the request itself: a circle that begins only later is that of another request.
    """
    start, here, found = (host, tls, path), (host, tls, path), []
    for _ in range(_MOST):
        at, by_tls, url = here
        answer = predict(at, url, tls=by_tls)
        if answer.status not in _FOLLOWED or answer.directive is None or answer.directive.condition is not None:
            return ()
        found.append(answer)
        try:
            aim = asked(host.server, answer.location)
        except (NotServedError, ValueError):
            return ()
        here = (aim.host, aim.tls, aim.path)
        if here == start:
            return tuple(found)
    return ()
