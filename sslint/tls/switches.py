"""Switches of a handshake that mod_ssl keeps as option bits of the library's context.

mod_ssl adds the bits of a host that is found by name to those of the connection, which began with
the default host of its address, and never takes one away (`SSL_set_options` in `ssl_find_vhost`,
ssl_engine_kernel.c): what the default host switched on stays on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..configuration.model import Argument, Directive
from ..knowledge.targets import Target
from ..knowledge.versions import HttpdVersion
from ..server import Inherited, Origin, Setting, VirtualHost
from .confcmd import Command, signed_words

FIRST_WITHOUT_COMPRESSION = HttpdVersion(2, 4, 4)
FIRST_2_2_WITHOUT_COMPRESSION = HttpdVersion(2, 2, 26)


class Switch(NamedTuple):
    """One switch: its directive, the value that sets the bit, and its name for the command `Options`.

    `inverted` is True where the bit stands for off, as with session tickets.
    """

    key: str
    option: str
    inverted: bool


SERVER_ORDER = Switch("sslhonorcipherorder", "serverpreference", False)
INSECURE_RENEGOTIATION = Switch("sslinsecurerenegotiation", "unsafelegacyrenegotiation", False)
TICKETS = Switch("sslsessiontickets", "sessionticket", True)
COMPRESSION = Switch("sslcompression", "compression", True)
CHACHA_FIRST = Switch("", "prioritizechacha", False)


def default_of(switch: Switch, target: Target) -> bool:
    """What a server does that says nothing: tickets are on; compression was, up to 2.4.3 and 2.2.25."""
    return compresses_by_default(target) if switch is COMPRESSION else switch is TICKETS


def compresses_by_default(target: Target) -> bool:
    """Whether an httpd without SSLCompression lets the library compress: up to 2.4.3 and 2.2.25."""
    version = target.httpd
    return version < (FIRST_2_2_WITHOUT_COMPRESSION if version.branch == "2.2" else FIRST_WITHOUT_COMPRESSION)


def flag(setting: Setting[tuple[Argument, ...]], default: bool) -> Setting[bool]:
    """A directive that is on or off."""
    on = setting.value[0].value.lower() == "on" if setting.value else default
    return Setting(on, setting.origin, setting.losers)


def verification(setting: Setting[tuple[Argument, ...]]) -> Setting[str]:
    """SSLVerifyClient or SSLProxyVerify: `none`, `optional`, `require`, `optional_no_ca`."""
    word = setting.value[0].value.lower() if setting.value else "none"
    return Setting({"on": "require", "off": "none"}.get(word, word), setting.origin, setting.losers)


def own_switch(switch: Switch, host: VirtualHost, commands: list[Command]) -> Setting[bool]:
    """What a host itself wants: its directive, the main server's, or the default; commands have the last word."""
    setting = flag(host.setting(switch.key), default_of(switch, host.server.target))
    for command in commands:
        if command.name == "Options":
            for on, name in signed_words(command.value):
                if name.lower() == switch.option:
                    setting = Setting(on, command.directive, _with(setting))
    return setting


def switch(
    one: Switch, host: VirtualHost, default: VirtualHost, commands: Mapping[VirtualHost, list[Command]]
) -> Setting[bool]:
    """A switch in force for a host that is met at an address whose default host is `default`."""
    mine = own_switch(one, host, commands[host])
    if default is host or not mine.known:
        return mine
    first = own_switch(one, default, commands[default])
    sets_bit = not one.inverted
    if mine.value is sets_bit or first.value is not sets_bit:
        return mine
    return Setting(sets_bit, _inherited(first.origin, default), _with(mine))


def _inherited(origin: Origin, default: VirtualHost) -> Origin:
    return Inherited(origin, default) if isinstance(origin, Directive) else origin


def _with(setting: Setting[bool]) -> tuple[Directive, ...]:
    """The losers when a setting loses."""
    return (*setting.losers, *((setting.directive,) if setting.directive is not None else ()))
