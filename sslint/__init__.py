"""A linter and static analyser for Apache httpd configuration, TLS first."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know the name; importing typing would double the time of --version
if TYPE_CHECKING:
    from .analysis import analyse
    from .diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity
    from .openssl import CipherStringError, expand_ciphers
    from .report import Finding, Report
    from .settings import Settings
    from .syntax import Tree, parse
    from .text import Source, Span

__version__ = "0.1.0"
__all__ = [
    "CipherStringError",
    "Diagnostic",
    "Edit",
    "Finding",
    "Fix",
    "Related",
    "Report",
    "Safety",
    "Settings",
    "Severity",
    "Source",
    "Span",
    "Tree",
    "__version__",
    "analyse",
    "expand_ciphers",
    "parse",
]

_HOMES = {
    "analysis": ("analyse",),
    "diagnostic": ("Diagnostic", "Edit", "Fix", "Related", "Safety", "Severity"),
    "openssl": ("CipherStringError", "expand_ciphers"),
    "report": ("Finding", "Report"),
    "settings": ("Settings",),
    "syntax": ("Tree", "parse"),
    "text": ("Source", "Span"),
}


def __getattr__(name: str) -> object:
    """The public names, imported when somebody asks: `sslint --version` needs none of them."""
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
