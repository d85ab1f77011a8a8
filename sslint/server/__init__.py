"""The server that a configuration makes: hosts as httpd selects them, settings as it merges them."""

from .access import Access
from .addresses import Address, Listener, Socket
from .host import VirtualHost, listing
from .reach import Exposure, Reach
from .sections import Scope, Where
from .server import Server, build
from .setting import Default, Inherited, Origin, Setting, Unknown, assumption
from .spot import Spot, spot

__all__ = [
    "Access",
    "Address",
    "Default",
    "Exposure",
    "Inherited",
    "Listener",
    "Origin",
    "Reach",
    "Scope",
    "Server",
    "Setting",
    "Socket",
    "Spot",
    "Unknown",
    "VirtualHost",
    "Where",
    "assumption",
    "build",
    "listing",
    "spot",
]
