"""Reads Debian's `envvars`: a shell file that is read for its assignments, never executed."""

from __future__ import annotations

import re

_ASSIGNMENT = re.compile(r"(?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=([^\n#]*)")
_REFERENCE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")


def assignments(text: str) -> dict[str, str]:
    """The variables that a shell text sets, earlier ones replaced in later values."""
    values: dict[str, str] = {}
    for name, raw in _ASSIGNMENT.findall(text):
        value = raw.strip().split(";")[0].strip()
        if len(value) >= 2 and value[0] == value[-1] == "'":
            values[name] = value[1:-1]
            continue
        plain = value.strip('"')
        if "$(" not in plain and "`" not in plain:
            values[name] = _REFERENCE.sub(lambda match: values.get(match[1] or match[2], ""), plain)
    return values
