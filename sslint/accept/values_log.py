"""Values of mod_log_config and mod_log_debug directives (`modules/loggers`)."""

from __future__ import annotations

import re

from .values_base import Checker, Problems, Use, condition, interpolated

_ITEM = re.compile(r"%(?:[!<>,0-9]|\{[^}]*\})*(\^..?|.?)", re.DOTALL)
_NEVER = frozenset("ZzyYwWjJNQ\"' ]")
"""Letters that neither httpd's modules nor known others register."""


def _format(use: Use, index: int) -> Problems:
    """`mod_log_config.c:parse_log_item`: what is sure to be unknown, or to run off the end."""
    text = use.words[index]
    for found in _ITEM.finditer(text):
        letter = found.group(1)
        if not letter or letter == "{":
            yield use.within(index, found.start(), len(text), "ends within a % directive")
            return
        if letter in _NEVER:
            yield use.within(index, found.start(), found.end(), f"unrecognized LogFormat directive %{letter}")
            return


def log_format(use: Use) -> Problems:
    """`log_format`: a format, or the name of one."""
    if use.words and use.words[0]:
        yield from _format(use, 0)


def custom_log(use: Use) -> Problems:
    """`add_custom_log`: file, format, and a condition `env=` or `expr=`."""
    if len(use.words) > 1:
        yield from _format(use, 1)
    if len(use.words) != 3:
        return
    word = use.words[2]
    key, equals, rest = word.partition("=")
    if equals and key.lower() == "env":
        if not rest or rest == "!":
            yield use.at(2, "the name of an environment variable is missing")
    elif equals and key.lower() == "expr":
        yield from condition(use, rest, 2, len(key) + 1)
    else:
        yield use.at(2, "the condition must be env=… or expr=…")


_HOOKS = {
    "translate_name", "type_checker", "quick_handler", "map_to_storage", "check_access", "check_access_ex",
    "insert_filter", "check_authn", "check_authz", "fixups", "handler", "log_transaction", "all", "pre_translate_name",
}  # fmt: skip


def log_message(use: Use) -> Problems:
    """`mod_log_debug.c:cmd_log_message`: a text with `%{…}`, then `hook=` and `expr=`."""
    if not use.words:
        return
    yield from interpolated(use, 0)
    for index, word in enumerate(use.words[1:], 1):
        key, equals, rest = word.partition("=")
        if not equals or key.lower() not in ("hook", "expr"):
            yield use.at(index, "must be hook=… or expr=…")
            return
        if key.lower() == "expr":
            yield from condition(use, rest, index, 5)
        elif rest.lower() not in _HOOKS:
            yield use.within(index, 5, len(word), "no such hook")


CHECKERS: dict[str, Checker] = {
    "logformat": log_format,
    "customlog": custom_log,
    "globallog": custom_log,
    "logmessage": log_message,
}
