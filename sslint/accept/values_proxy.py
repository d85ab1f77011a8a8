"""Values of mod_proxy directives (`modules/proxy/mod_proxy.c`, `mod_proxy_hcheck.c`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..text import number_of
from .values_base import Checker, Problems, Use, atoi, condition, interpolated, regex
from .values_tables import is_interval, switch_replacement

_SWITCH = {"on", "off"}


def _number(minimum: int, maximum: int | None = None, also: int | None = None) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        number = atoi(value)
        if number is None or number == also:
            return None
        if number >= minimum and (maximum is None or number <= maximum):
            return None
        return f"must be at least {minimum}" if maximum is None else f"must be from {minimum} to {maximum}"

    return check


def _switch(value: str) -> str | None:
    return None if value.lower() in _SWITCH else "must be On or Off"


def _time(value: str) -> str | None:
    return None if is_interval(value) else "must be a time such as 5, 100ms or 5s"


def _factor(value: str) -> str | None:
    found = re.match(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)", value)
    return None if found and 1 <= float(found.group(1)) <= 100 else "must be a number from 1 to 100"


def _status(value: str) -> str | None:
    left = re.sub(r"[+-]", "", value).upper().strip("DSIHNCREO")
    return f"unknown status letter {left[0]!r}" if left and left[0].isalnum() else None


def _flush(value: str) -> str | None:
    return None if value.lower() in ("on", "off", "auto") else "must be on, off or auto"


def _codes(value: str) -> str | None:
    codes = [code for code in re.split(r"[, ]+", value) if code]
    wrong = [code for code in codes if (atoi(code) or 0) < 100 or (atoi(code) or 0) > 599]
    return "must be HTTP status codes" if wrong else None


def _method(value: str) -> str | None:
    return None if value.lower() in _HEALTH_METHODS else "must be TCP, OPTIONS, HEAD, GET, CPING or PROVIDER"


_HEALTH_METHODS = set("none tcp options head get cping provider options11 head11 get11 eoc".split())


def _anything(_: str) -> str | None:
    return None


_WORKER: dict[str, Callable[[str], str | None]] = {
    "loadfactor": _factor, "retry": _number(0), "ttl": _number(1), "min": _number(0), "max": _number(0),
    "smax": _number(0), "acquire": _time, "timeout": _number(1), "iobuffersize": _number(512, None, 0),
    "receivebuffersize": _number(512, None, 0), "keepalive": _switch, "disablereuse": _switch,
    "enablereuse": _switch, "route": _anything, "redirect": _anything, "status": _status,
    "flushpackets": _flush, "flushwait": _number(0, 1000), "ping": _time, "lbset": _number(0, 99),
    "connectiontimeout": _time, "flusher": _anything, "upgrade": _anything,
    "responsefieldsize": _number(0), "secret": _anything, "mapping": _anything, "addressttl": _anything,
    "hcmethod": _method, "hcinterval": _time, "hcpasses": _anything, "hcfails": _anything, "hcuri": _anything,
    "hcexpr": _anything, "hctemplate": _anything, "name": _anything, "hcrequirebodies": _anything,
}  # fmt: skip
"""Parameters of `set_worker_param` and of mod_proxy_hcheck."""

_BALANCER: dict[str, Callable[[str], str | None]] = {
    "stickysession": _anything, "stickysessionsep": _anything, "nofailover": _switch, "timeout": _number(1),
    "maxattempts": _number(0), "lbmethod": _anything, "scolonpathdelim": _switch, "failonstatus": _codes,
    "failontimeout": _switch, "nonce": _anything, "growth": _number(1, 100), "forcerecovery": _switch,
    "mapping": _anything,
}  # fmt: skip
"""Parameters of `set_balancer_param`."""

_WORDS = {"nocanon", "interpolate", "noquery"}
_ABSOLUTE = re.compile(r"(?i)unix:[^|]*\|.|[a-z][a-z0-9+.-]*://[^/]")


def _parameter(use: Use, index: int, balancer: bool) -> Problems:
    word = use.words[index]
    key, equals, value = word.partition("=")
    if not equals:
        if word.lower() not in _WORDS:
            yield use.at(index, "a parameter must be in the form key=value, without blanks")
        return
    if not value:
        return
    if key.lower() == "mapping" and use.since("2.4.49"):
        if value.lower() not in ("encoded", "servlet"):
            yield use.within(index, len(key) + 1, len(word), "must be encoded or servlet")
        return
    known = _BALANCER if balancer else _WORKER
    check = known.get(key.lower())
    if check is None:
        kind = "balancer" if balancer else "worker"
        other = _WORKER if balancer else _BALANCER
        if key.lower() in other or use.since("2.4.66"):
            yield use.within(index, 0, len(key), f"unknown {kind} parameter")
        return
    message = check(value)
    if message:
        replacement = switch_replacement(value) if check is _switch else None
        fixed = f"{key}={replacement}" if replacement else None
        yield use.at(index, f"{key} {message}", fixed)


def _parameters(use: Use, first: int, url: str) -> Problems:
    for index in range(first, len(use.words)):
        found = list(_parameter(use, index, url.lower().startswith("balancer:")))
        yield from found
        if found:
            return


def proxy_pass(use: Use) -> Problems:
    """`mod_proxy.c:add_pass`: `[path] url|! [key=value …]`; no path in a Location."""
    words = list(use.words)
    shift = int(use.word(0) == "~")
    in_section = use.place in ("location", "if", "directory", "files", "proxy", "limit")
    url_at = (0 if in_section else 1) + shift
    if in_section and use.word(0).startswith("/") and len(words) > 1 and "=" not in words[1]:
        if "://" in words[1] or words[1] == "!":
            yield use.at(0, "takes no path in a <Location>: the section's path is used")
        return
    if len(words) <= url_at or (not in_section and "=" in words[url_at] and "://" not in words[url_at]):
        if not in_section:
            yield use.whole("needs a path and a URL when not in a <Location>")
        return
    if not in_section and (use.name == "proxypassmatch" or shift):
        yield from regex(use, url_at - 1)
    url = words[url_at]
    if url == "!":
        return
    if not _ABSOLUTE.match(url):
        yield use.at(url_at, "the URL must be absolute")
        return
    yield from _parameters(use, url_at + 1, url)


def balancer_member(use: Use) -> Problems:
    """`mod_proxy.c:add_member`: `[balancer] url [key=value …]`."""
    words = use.words
    inside = use.place == "proxy"
    if not words or (not inside and (len(words) < 2 or "=" in words[1].split("://")[0])):
        if inside or words:
            yield use.whole("the URL of a server is missing")
        return
    url_at = 0 if inside else 1
    if inside and words[0].lower().startswith("balancer://"):
        return
    if not inside and "://" not in words[0]:
        yield use.at(0, "bad name for a balancer: write balancer://name")
        return
    if not _ABSOLUTE.match(words[url_at]):
        yield use.at(url_at, "the URL must be absolute")
        return
    yield from _parameters(use, url_at + 1, words[url_at])


def proxy_set(use: Use) -> Problems:
    """`mod_proxy.c:set_proxy_param`: in a <Proxy>, only `key=value` words."""
    if use.place != "proxy":
        return
    for index, word in enumerate(use.words):
        if "=" not in word and word.lower() not in _WORDS:
            yield use.at(index, "a parameter must be in the form key=value, without blanks")
            return
        key, _, value = word.partition("=")
        checks = [check for table in (_WORKER, _BALANCER) if (check := table.get(key.lower())) is not None]
        messages = [check(value) for check in checks] if value else []
        if messages and all(messages):
            yield use.at(index, f"{key} {messages[0]}")
            return


def error_override(use: Use) -> Problems:
    """`mod_proxy.c:set_proxy_error_override`: on or off, then statuses of errors after on."""
    first = use.word(0).lower()
    if first and first not in _SWITCH:
        yield use.at(0, "the first word must be on or off", switch_replacement(first))
        return
    for index, word in enumerate(use.words[1:], 1):
        if first == "off":
            yield use.at(index, "status codes must follow a value of on")
            return
        if not 400 <= (number_of(word) or 0) < 600:
            yield use.at(index, "must be a status code from 400 to 599")
            return


def allow_connect(use: Use) -> Problems:
    """`mod_proxy_connect.c:set_allowed_ports`: ports or ranges."""
    for index, word in enumerate(use.words):
        if word and not word[0].isdigit():
            yield use.at(index, "a port must be a number")
            return


def pass_reverse(use: Use) -> Problems:
    """`mod_proxy.c:add_pass_reverse`: a path is needed outside of a Location."""
    if len(use.words) == 1 and use.place in ("server", "vhost"):
        yield use.whole("needs a path when not in a <Location>")


def remote(use: Use) -> Problems:
    """`mod_proxy.c:add_proxy`: the second word is a URL, its port a number."""
    if len(use.words) < 2:
        return
    if use.name == "proxyremotematch":
        yield from regex(use, 0)
    word = use.words[1]
    if "://" not in word:
        yield use.at(1, "bad syntax for a remote proxy server: write scheme://host:port")
        return
    port = re.search(r"://[^/\[\]]*:([^/:]*)\Z", word)
    if port and not re.match(r"\s*[+-]?\d", port.group(1)):
        yield use.at(1, "bad port number")


def dotted_domain(use: Use) -> Problems:
    """`mod_proxy.c:set_proxy_domain`: the domain starts with a dot."""
    if use.word(0) and not use.words[0].startswith("."):
        yield use.at(0, "the domain must start with a dot", f".{use.words[0]}")


def fcgi_set_env(use: Use) -> Problems:
    """`mod_proxy_fcgi.c:cmd_setenv`: condition, variable, value expression."""
    if len(use.words) < 2:
        return
    found = list(condition(use, use.words[0], 0))
    yield from found
    if found or len(use.words) < 3:
        return
    if use.words[1].startswith("!"):
        yield use.at(2, "a third word is not allowed when a variable is unset")
    else:
        yield from interpolated(use, 2)


def health_expression(use: Use) -> Problems:
    """`mod_proxy_hcheck.c:set_hc_condition`: a name, then a condition in braces."""
    found = re.match(r"\s*[^\s\"']+\s+\{(.*)\}\s*\Z", use.raw, re.DOTALL)
    if len(use.words) == 1:
        yield use.whole("an expression is missing")
    elif found and "\\" not in found.group(1) and "}" not in found.group(1).replace("%{", ""):
        yield from condition(use, found.group(1), None, found.start(1))


CHECKERS: dict[str, Checker] = {
    "proxypass": proxy_pass,
    "proxypassmatch": proxy_pass,
    "balancermember": balancer_member,
    "proxyset": proxy_set,
    "proxyerroroverride": error_override,
    "allowconnect": allow_connect,
    "proxypassreverse": pass_reverse,
    "proxyremote": remote,
    "proxyremotematch": remote,
    "proxydomain": dotted_domain,
    "proxyfcgisetenvif": fcgi_set_env,
    "proxyhcexpr": health_expression,
}
