"""The environment variables that SetEnvIf and BrowserMatch give a request before access is checked.

Source: `match_headers` in mod_setenvif.c. SetEnv acts after the access check, and has no say here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...configuration.model import Directive
from ..environment import EnvironmentLine, environment_line
from ..setting import usable
from .message import Request

_KEYS = frozenset({"setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase"})
_ABOUT = {"remote_addr": "REMOTE_ADDR", "server_addr": "SERVER_ADDR", "request_method": "REQUEST_METHOD",
          "request_protocol": "SERVER_PROTOCOL", "request_uri": "REQUEST_URI"}  # fmt: skip


def environment(items: Iterable[Directive], request: Request) -> Mapping[str, str | None]:
    """A request's variables after some lines; None for one that may be set or not."""
    lines = usable(one for one in items if one.key in _KEYS)
    if not lines:
        return request.environment
    found = dict(request.environment)
    for directive in lines:
        line = environment_line(directive)
        if line is not None:
            _act(line, _matched(line, request, found), found)
    return found


def _matched(line: EnvironmentLine, request: Request, found: Mapping[str, str | None]) -> bool | None:
    """Whether a line's pattern fits; None where that isn't known."""
    name = line.attribute
    if name.lower() == "remote_host" or line.pattern is None:
        return None
    about = _ABOUT.get(name.lower())
    value = request.lookup(about) if about else request.lookup(f"HTTP:{name.upper()}")
    if not about and not value and name in found:
        value = found[name]
    return None if value is None else line.pattern.search(value) is not None


def _act(line: EnvironmentLine, matched: bool | None, found: dict[str, str | None]) -> None:
    for action in line.actions if matched is not False else ():
        if matched is None:
            found[action.variable] = None
        elif action.unsets:
            found.pop(action.variable, None)
        else:
            found[action.variable] = action.argument.value.partition("=")[2] or "1"
