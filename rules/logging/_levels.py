"""The levels of LogLevel."""

from __future__ import annotations

from sslint.api import VirtualHost, effective

LEVELS = ("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug", *(f"trace{n}" for n in range(1, 9)))
DEFAULT = "warn"


def level_number(word: str) -> int | None:
    """The place of a level, the quietest first; None for a word that is none."""
    return LEVELS.index(word.lower()) if word.lower() in LEVELS else None


def module_of(word: str) -> tuple[str, str]:
    """The module (without `mod_`, `_module` and `.c`) and the level of `ssl:warn`; the module is empty without one."""
    name, colon, level = word.rpartition(":")
    plain = name.lower().removeprefix("mod_").removesuffix(".c").removesuffix("_module")
    return (plain, level) if colon else ("", word)


def level_of(host: VirtualHost, module: str = "") -> int:
    """The level in force for a module, or for those that no word names."""
    words = next((one.words for one in effective(host, None, ("loglevel",))), None) or (DEFAULT,)
    found = dict(map(module_of, words))
    number = level_number(found.get(module, found.get("", DEFAULT)))
    return LEVELS.index(DEFAULT) if number is None else number
