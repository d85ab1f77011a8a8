"""Profiles: dated, cited policy editions, and what a host has to say to their requirements.

Nothing here is imported unless a profile is chosen or shown.
"""

from __future__ import annotations

from .model import (
    Basis,
    Bound,
    Level,
    Mixed,
    Pattern,
    Profile,
    Requirement,
    Ruling,
    Selected,
    rulings,
)

__all__ = [
    "Basis",
    "Bound",
    "Level",
    "Mixed",
    "Pattern",
    "Profile",
    "Requirement",
    "Ruling",
    "Selected",
    "rulings",
]
