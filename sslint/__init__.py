"""A linter and static analyser for Apache httpd configuration, TLS first."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know the name; importing typing would double the time of --version
if TYPE_CHECKING:
    from .analyse import analyse
    from .report import Report
    from .settings import Settings
    from .syntax import Tree, parse

__version__ = "0.1.0"
__all__ = ["Report", "Settings", "Tree", "__version__", "analyse", "parse"]

_HOMES = {"analyse": "analyse", "Report": "report", "Settings": "settings", "Tree": "syntax", "parse": "syntax"}


def __getattr__(name: str) -> object:
    """The public names, imported when somebody asks: `sslint --version` needs none of them."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f".{home}", __name__), name)
