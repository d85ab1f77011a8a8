"""What a virtual host would offer to its clients: protocol versions, cipher suites, groups and the rest."""

from .confcmd import Command
from .lists import DhSetting, GroupSetting, ListSetting, Tls13Setting
from .offer import TlsOffer, offer, offers
from .protocols import Protocol, available, switch_on, without_gaps
from .proxy import ProxyOffer, proxy_offer
from .range import Absence, OfferedProtocol
from .suites import CipherSetting, OfferedSuite, cipher_line, with_value
from .withheld import Withheld, withheld

__all__ = [
    "Absence",
    "CipherSetting",
    "Command",
    "DhSetting",
    "GroupSetting",
    "ListSetting",
    "OfferedProtocol",
    "OfferedSuite",
    "Protocol",
    "ProxyOffer",
    "Tls13Setting",
    "TlsOffer",
    "Withheld",
    "available",
    "cipher_line",
    "offer",
    "offers",
    "proxy_offer",
    "switch_on",
    "with_value",
    "withheld",
    "without_gaps",
]
