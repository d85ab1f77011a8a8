"""What is said of an include that could not be followed."""

from __future__ import annotations

import re

from sslint.api import Context, Diagnostic, Problem, Severity

_TOLD = re.compile(r"[\"']?(?:/|[A-Za-z]:|\$\{)")
"""A path that means the same without a ServerRoot, or whose beginning a variable gives."""


def not_followed(problem: Problem, context: Context) -> Diagnostic:
    """The finding; a remark where the file's server is unknown, and with it what a relative path means."""
    if context.configuration.role == "main":
        return context.relay(problem)
    if _TOLD.match(problem.source.text, problem.span.start):
        return context.relay(problem, severity=Severity.INFO)
    message = "this file was not read: its path is relative to the ServerRoot, which is unknown here"
    return context.relay(problem, severity=Severity.INFO, message=message)
