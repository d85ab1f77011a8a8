"""Everything that a rule may import.

A rule file says `from sslint.api import …` and needs nothing else but underscore helpers of its
own family. What is missing here belongs in the model below, where every rule can use it.
"""

from __future__ import annotations

from .configuration import Configuration, Directive, Section
from .configuration.problem import Problem
from .diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity
from .knowledge.targets import Target
from .rule import Context, Place, SourceFile, delete_lines, insert_before, replace, rule
from .server import Server, VirtualHost
from .text import Source, Span

__all__ = [
    "Configuration",
    "Context",
    "Diagnostic",
    "Directive",
    "Edit",
    "Fix",
    "Place",
    "Problem",
    "Related",
    "Safety",
    "Section",
    "Server",
    "Severity",
    "Source",
    "SourceFile",
    "Span",
    "Target",
    "VirtualHost",
    "delete_lines",
    "insert_before",
    "replace",
    "rule",
]
