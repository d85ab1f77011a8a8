"""Whom a line about browsers concerns."""

from __future__ import annotations

import re

from sslint.api import EnvironmentLine, UserAgent, user_agents

WORKAROUNDS = frozenset(
    "nokeepalive downgrade-1.0 force-response-1.0 ssl-unclean-shutdown ssl-accurate-shutdown force-no-vary "
    "suppress-error-charset no-gzip gzip-only-text/html redirect-carefully".split()
)
_CURRENT = ("chrome", "firefox", "safari", "edge")
_GONE = re.compile(
    r"MS FrontPage|Microsoft Data Access Internet Publishing|Dreamweaver-WebDAV-SCM1|XML Spy|gnome-vfs|Konqueror/[1-4]|"
    r"RealPlayer|JDK/1|Java/1\\?\.0|Mozilla/[1-4]|MSIE|WebDAVFS/1|Netscape|Opera/[4-9]",
    re.IGNORECASE,
)
"""Names of clients that are gone, as patterns have them."""


def variables_of(line: EnvironmentLine) -> list[str]:
    """The work-arounds that a line switches on."""
    return [action.variable for action in line.actions if not action.unsets and action.variable in WORKAROUNDS]


def is_workaround(line: EnvironmentLine) -> bool:
    """Whether a line looks at browsers and does nothing but switch work-arounds on."""
    return line.looks_at_user_agent and line.pattern is not None and len(variables_of(line)) == len(line.actions)


def current(line: EnvironmentLine) -> list[UserAgent]:
    """The browsers of today that a line matches, unless it matches whatever comes."""
    if line.pattern is None or not line.looks_at_user_agent or line.pattern.search(""):
        return []
    return [one for one in user_agents() if one.in_use and one.browser in _CURRENT and line.pattern.search(one.text)]


def is_for_the_gone(line: EnvironmentLine) -> bool:
    """Whether a line names clients that are gone, and matches none that is in use but for Internet Explorer."""
    pattern = line.pattern
    if pattern is None or not _GONE.search(line.pattern_argument.value):
        return False
    alive = (one for one in user_agents() if one.in_use and not one.is_internet_explorer)
    return not any(pattern.search(one.text) for one in alive)
