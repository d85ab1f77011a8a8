"""Rules of an organisation's own: declared in its settings, or written in Python."""

from .declared import declared
from .python import PythonRules, folder_rules, plugin_rules

__all__ = ["PythonRules", "declared", "folder_rules", "plugin_rules"]
