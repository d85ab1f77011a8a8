"""What the server reads: directives in order, with their provenance and conditions."""

from .expand import Configuration, Role, expand
from .model import Argument, Condition, Directive, Frame, Item, Section, walk
from .problem import Problem

__all__ = [
    "Argument",
    "Condition",
    "Configuration",
    "Directive",
    "Frame",
    "Item",
    "Problem",
    "Role",
    "Section",
    "expand",
    "walk",
]
