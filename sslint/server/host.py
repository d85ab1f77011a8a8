"""One host: the main server, or a `<VirtualHost>`, with its settings in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..configuration.model import Argument, Condition, Directive, Frame, Item, Section
from ..knowledge.versions import HttpdVersion
from ..lazily import lazy
from ..text import Source, Span, enumeration
from .addresses import ANY, Address, Place, Socket
from .engine import engine_of
from .names import fits, is_pattern
from .sections import Scope, scopes
from .setting import Inherited, Origin, Setting, usable

if TYPE_CHECKING:
    from .server import Server

FIRST_SWITCH_BY_NAME = HttpdVersion(2, 4, 42)
"""From here on, with OpenSSL 1.1.1, a name-based host's own SSLProtocol counts (`ssl_callback_ClientHello`)."""


class VirtualHost:
    """The main server (`header` is None) or one virtual host.

    `own` holds the directives that stand directly in it, by key and in order; `sections` the
    sections that do. Values are worked out when they are asked for, and kept.
    """

    def __init__(self, server: Server, header: Section | None, places: tuple[Place, ...] = ()) -> None:
        self.server = server
        self.header = header
        self.places = places
        """The addresses of its start tag, as they stand there."""
        self.addresses: tuple[Address, ...] = tuple(dict.fromkeys(place.address for place in places))
        self.own: dict[str, list[Directive]] = {}
        self.sections: list[Section] = []
        self.memory: dict[object, object] = {}
        """What is worked out once about it, by keys of those who do so."""

    @property
    def children(self) -> list[Item]:
        """What stands directly in it, in order."""
        return self.header.children if self.header is not None else self.server.configuration.children

    @lazy
    def own_scopes(self) -> list[Scope]:
        """Its sections, those under conditions that a reader takes for false left out."""
        return list(scopes(self.sections))

    @property
    def is_main(self) -> bool:
        """Whether this is the main server."""
        return self.header is None

    @property
    def source(self) -> Source:
        """The file that it stands in; the main server stands in the main file."""
        return self.header.source if self.header is not None else self.server.main_source

    @property
    def span(self) -> Span:
        """Its start tag; of the main server, the main file's first line."""
        return self.header.span if self.header is not None else self.source.line_span(1)

    @property
    def frame(self) -> Frame | None:
        """How the server came to its start tag."""
        return self.header.frame if self.header is not None else None

    @property
    def condition(self) -> Condition | None:
        """The condition that the whole host stands under, when its truth can't be known."""
        return self.header.condition if self.header is not None else None

    # Names

    @lazy
    def name(self) -> str:
        """The ServerName without scheme and port; empty when there is none."""
        for directive in reversed(usable(self.own.get("servername", ()))):
            for value in directive.values[:1]:
                return _bare_name(value)
        return ""

    @lazy
    def names(self) -> tuple[str, ...]:
        """The ServerName and every ServerAlias, in the order in which they stand."""
        return tuple(dict.fromkeys(one.lower() for one in (self.name, *self.aliases) if one))

    @lazy
    def aliases(self) -> tuple[str, ...]:
        """What ServerAlias says, as it stands there."""
        return tuple(value for one in usable(self.own.get("serveralias", ())) for value in one.values)

    @property
    def effective_name(self) -> str:
        """What httpd takes for its name: the ServerName, else for a wildcard host the main server's, else that of
        its first address; empty where only the resolver of its machine knows (`ap_fini_vhost_config`).
        """
        if self.name or self.is_main:
            return self.name
        if any(address.host == ANY for address in self.addresses):
            return self.server.main.name
        return "localhost" if self.addresses and self.addresses[0].host == "127.0.0.1" else ""

    @lazy
    def _answers(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Names without wildcards, and those with, in lower case."""
        exact = {name for name in (self.effective_name.lower(), *self.names) if name and not is_pattern(name)}
        return frozenset(exact), tuple(filter(is_pattern, self.names))

    def answers_to(self, name: str) -> bool:
        """Whether a name in lower case is its ServerName or fits one of its aliases (`matches_aliases`)."""
        exact, patterns = self._answers
        return name in exact or any(fits(name, pattern) for pattern in patterns)

    @property
    def title(self) -> str:
        """What people call it: its name and its addresses."""
        if self.is_main and self.server.is_fragment:
            return "every host that inherits this"
        if self.is_main:
            return f"the main server ({self.name})" if self.name else "the main server"
        addresses = " ".join(str(address) for address in self.addresses) or self.header_text
        return f"{self.name} ({addresses})" if self.name else addresses

    @property
    def header_text(self) -> str:
        """The argument of its start tag."""
        return self.header.argument.strip() if self.header is not None else ""

    # Sockets and TLS

    @lazy
    def sockets(self) -> tuple[Socket, ...]:
        """The addresses and ports at which it is met."""
        return self.server.sockets_of(self)

    @lazy
    def engine(self) -> Setting[bool]:
        """SSLEngine in force, by directive, inheritance or the Listen's protocol."""
        return engine_of(self)

    @property
    def engine_line(self) -> Directive | None:
        """The SSLEngine in force; None where something else switches TLS on or off, or nothing."""
        line = self.engine.directive
        return line if line is not None and line.key == "sslengine" and line.arguments else None

    @property
    def engine_place(self) -> Argument | VirtualHost:
        """The word of the SSLEngine in force; the host itself without one."""
        line = self.engine_line
        return line.arguments[0] if line is not None else self

    @property
    def first_on_address(self) -> VirtualHost:
        """The default host of its (first) address, which decides before a name is known."""
        return self.sockets[0].default if self.sockets else self

    @lazy
    def tls_sockets(self) -> tuple[Socket, ...]:
        """Where it is met by TLS: nothing at an address speaks TLS unless its default host does."""
        return tuple(socket for socket in self.sockets if socket.default.engine.value)

    @lazy
    def plain_sockets(self) -> tuple[Socket, ...]:
        """Where it is met by plain HTTP."""
        return tuple(socket for socket in self.sockets if socket.default.engine.value is False)

    @lazy
    def is_tls(self) -> bool | None:
        """Whether handshakes use its settings; None when that depends on the server around a fragment."""
        if self.engine.value is not True:
            return self.engine.value
        if self.is_main and self.server.is_fragment:
            return True
        return bool(self.tls_sockets)

    @property
    def deciders(self) -> tuple[VirtualHost, ...]:
        """The hosts whose SSLProtocol rules its handshakes.

        Itself where the server switches by name before the version is chosen, and the host has an
        SSLProtocol, its own or inherited; else the default host of each of its addresses.
        """
        target = self.server.target
        by_name = target.httpd >= FIRST_SWITCH_BY_NAME and not target.openssl.startswith(("0.", "1.0", "1.1.0"))
        if self.server.is_fragment or (by_name and self.winner("sslprotocol") is not None):
            return (self,)
        return tuple(dict.fromkeys(socket.default for socket in self.tls_sockets)) or (self,)

    # Settings

    def winner(self, key: str, kind: str | None = None) -> Directive | None:
        """The directive of `choose`, without the work of splitting its words."""
        for one in reversed(self.own.get(key, ())):
            if (one.condition is None or one.condition.likely) and (kind is None or _kind(one) == kind):
                return one
        return None if self.header is None else self.server.main_winner(key, kind)

    def keyword(self, key: str) -> str:
        """The first word of the directive in force in lower case; empty where nobody says anything."""
        line = self.winner(key)
        return line.keyword if line is not None else ""

    def setting(self, key: str) -> Setting[tuple[Argument, ...]]:
        """The arguments of the directive in force: its own last one, else the main server's."""
        return self.choose(key)

    def choose(self, key: str, kind: str | None = None) -> Setting[tuple[Argument, ...]]:
        """`setting`, among the directives of a kind: the first word of two, `SSL` where there is one word."""
        mine = self.own.get(key)
        others = None if self.is_main else self.server.main.own.get(key)
        own, above = of_kind(mine, kind) if mine else [], of_kind(others, kind) if others else []
        if own:
            return Setting(own[-1].arguments, own[-1], (*above, *own[:-1]))
        if above:
            return Setting(above[-1].arguments, Inherited(above[-1], self.server.main), tuple(above[:-1]))
        return Setting(None, self.unset)

    @property
    def unset(self) -> Origin:
        """The origin of what nobody sets: httpd's default, or the unknown server around a fragment."""
        return self.server.unset

    def all(self, key: str) -> list[Directive]:
        """The directives of a key that append: the main server's, then its own."""
        own, above = self.own.get(key), self.server.main.own.get(key)
        if not own and not above:
            return []
        return usable(own or ()) if self.is_main else usable(above or ()) + usable(own or ())

    @property
    def protocols(self) -> tuple[Argument, ...]:
        """The words of the Protocols in force: its own lines together, else the main server's (set_protocols)."""
        lines = self.own.get("protocols") or self.server.main.own.get("protocols") or ()
        return tuple(word for line in usable(lines) for word in line.arguments)

    def __repr__(self) -> str:
        return f"<{self.title}>"


def of_kind(directives: Sequence[Directive], kind: str | None) -> list[Directive]:
    """The usable ones; of SSLCipherSuite those for a kind: the first word of two, `SSL` where there is one word."""
    found = usable(directives) if directives else []
    if kind is None or not found:
        return found
    return [one for one in found if _kind(one) == kind]


def _kind(directive: Directive) -> str:
    if len(directive.text.split(None, 1)) < 2:
        return "SSL"
    values = directive.values
    return values[0] if len(values) > 1 and values[1] else "SSL"  # an empty second word is none (TAKE12)


def _bare_name(text: str) -> str:
    """`www.example.org` of `https://www.example.org:443`."""
    name = text.rpartition("://")[2]
    return name if name.startswith("[") else name.partition(":")[0]


def listing(hosts: Iterable[VirtualHost], most: int = 3) -> str:
    """Hosts by their titles: the first few, and how many more."""
    titles = list(dict.fromkeys(host.title for host in sorted(hosts, key=lambda host: host.is_main)))
    return enumeration(titles, most)
