"""Browsers by what they really sent as User-Agent, from `grammar/user_agents.txt`."""

from __future__ import annotations

import functools
from typing import NamedTuple

from .. import data


class UserAgent(NamedTuple):
    """One browser. `version` is the one that the string claims, `protocol` its newest, `-` for none."""

    browser: str
    version: str
    year: int
    in_use: bool
    protocol: str
    text: str

    @property
    def is_internet_explorer(self) -> bool:
        """Whether it is Internet Explorer, or claims to be."""
        return self.browser.rstrip("!") == "ie" or self.browser.endswith("!")

    @property
    def major(self) -> int:
        """The major version; of what claims to be Internet Explorer, that of the claim."""
        claim = self.text.partition("MSIE ")[2]
        return int((claim or self.version).partition(".")[0])


@functools.cache
def user_agents() -> tuple[UserAgent, ...]:
    """All of them, loaded once."""
    text = data.read("user_agents.txt")
    rows = (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))
    return tuple(
        UserAgent(browser, version, int(year), in_use == "yes", protocol, string)
        for browser, version, year, in_use, protocol, string in rows
    )
