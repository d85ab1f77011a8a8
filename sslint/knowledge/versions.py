"""Versions of httpd, and which releases are known."""

from __future__ import annotations

import re
from typing import NamedTuple

NEWEST_PATCH = {(1, 3): 42, (2, 0): 65, (2, 2): 34, (2, 4): 71, (2, 5): 1}
"""The newest known release of each series; 2.5 stands for trunk."""

_VERSION = re.compile(r"(?:Apache/|httpd[-/ ]?)?(\d+)\.(\d+)(?:\.(\d+))?(?![\w.])")


class HttpdVersion(NamedTuple):
    """A release of httpd, ordered as releases are."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> HttpdVersion:
        """Read `2.4.66`, `2.4`, `Apache/2.4.66` or `trunk`.

        A bare series means its newest known release. Raises ValueError for anything else.
        """
        cleaned = text.strip()
        if cleaned.lower() == "trunk":
            return TRUNK
        match = _VERSION.match(cleaned)
        if match is None:
            raise ValueError(f"not a version of httpd: {text!r}: write something like 2.4 or 2.4.66")
        major, minor, patch = match.groups()
        series = int(major), int(minor)
        if series not in NEWEST_PATCH:
            known = ", ".join(f"{a}.{b}" for a, b in NEWEST_PATCH)
            raise ValueError(f"unknown series of httpd in {text!r}: use one of {known}")
        return cls(*series, NEWEST_PATCH[series] if patch is None else int(patch))

    @property
    def series(self) -> str:
        """`2.4` of `2.4.66`."""
        return f"{self.major}.{self.minor}"

    @property
    def branch(self) -> str:
        """The key of the directive tables: the series, or `trunk` for 2.5 and 2.3."""
        return {"2.1": "2.2", "2.3": "trunk", "2.5": "trunk"}.get(self.series, self.series)

    @property
    def is_old(self) -> bool:
        """Whether it is from before 2.4, which brought Require for all access control."""
        return self < (2, 3)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


TRUNK = HttpdVersion(2, 5, 1)
NEWEST = HttpdVersion(2, 4, NEWEST_PATCH[2, 4])
