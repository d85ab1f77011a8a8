"""What a virtual host would offer to its clients: protocol versions and cipher suites."""

from .offer import Absence, OfferedProtocol, TlsOffer, offer, offers
from .protocols import Protocol, available, switch_on, without_gaps
from .suites import CipherSetting, OfferedSuite, with_value

__all__ = [
    "Absence",
    "CipherSetting",
    "OfferedProtocol",
    "OfferedSuite",
    "Protocol",
    "TlsOffer",
    "available",
    "offer",
    "offers",
    "switch_on",
    "with_value",
    "without_gaps",
]
