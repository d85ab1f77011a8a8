"""Values of core and MPM directives (`server/core.c`, `server/listen.c`, `server/vhost.c`, `server/log.c`)."""

from __future__ import annotations

import re

from ..knowledge.modules import STOCK
from ..text import leading_number, number_of
from .values_base import STATUSES, Checker, Problems, Use, atoi, condition, interpolated, listed, regex, until_empty

_OPTIONS = "Indexes Includes IncludesNOEXEC FollowSymLinks SymLinksIfOwnerMatch ExecCGI MultiViews None All".split()
_OPTION_KEYS = {option.lower() for option in _OPTIONS} | {"runscripts"}


def options(use: Use) -> Problems:
    """`core.c:set_options`: words of the set, all signed or none; only after All or None may signs follow."""
    merging = after_all = False
    for index, word in enumerate(use.words):
        has_sign = word[:1] in ("+", "-")
        if (has_sign and index and not merging and not after_all) or (merging and not has_sign):
            yield use.at(index, "either all Options start with + or -, or none does")
            return
        merging = merging or has_sign
        key = word[has_sign:].lower()
        if key not in _OPTION_KEYS:
            yield use.at(index, f"no such option: use {listed(_OPTIONS)}")
            return
        if key in ("all", "none"):
            if has_sign:
                yield use.at(index, f"{word[1:]} takes no sign")
                return
            if index:
                yield use.at(index, f"{word} must be the first option given")
                return
            after_all = True


_CLASSES = {"limit", "options", "fileinfo", "authconfig", "indexes", "none", "all", "nonfatal"}


def allow_override(use: Use) -> Problems:
    """`core.c:set_override`: override classes, and option names after `Options=`."""
    for index, word in enumerate(use.words):
        key, equals, rest = word.partition("=")
        if key.lower() not in _CLASSES:
            yield use.at(index, "no such class: use AuthConfig, FileInfo, Indexes, Limit, Options, None or All")
            return
        if key.lower() == "nonfatal" and not equals:
            yield use.at(index, "Nonfatal wants =Override, =Unknown or =All")
            return
        if key.lower() != "options" or not rest:
            continue
        wrong = next((name for name in rest.split(",") if name and name.lower() not in _OPTION_KEYS), None)
        if wrong is not None:
            start = len(key) + 1 + rest.index(wrong)
            yield use.within(index, start, start + len(wrong), f"no such option: {wrong!r}")
            return


_LEVELS = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug", *(f"trace{n}" for n in range(1, 9))]

_MODULE_NAMES = {form for name in STOCK for form in (name, name.removesuffix("_module"))}


def log_level(use: Use) -> Problems:
    """`core.c:set_loglevel`: `level` or `module:level`, in any case."""
    for index, word in until_empty(use.words):
        level = word.rpartition(":")[2]
        if ":" in word and "," in word.split(":")[0]:
            yield use.at(index, "modules and levels are separated by blanks, not by commas")
            return
        module = word[: len(word) - len(level) - 1]
        if module != module.lower() and module.lower() in _MODULE_NAMES:
            fixed = f"{module.lower()}:{level}"
            yield use.at(index, f"cannot find module {module}: module names are case-sensitive", fixed)
            return
        if level.lower() not in _LEVELS:
            yield use.within(index, len(word) - len(level), len(word), "level must be emerg, alert, crit, error, warn, "
                             "notice, info, debug or trace1 to trace8")  # fmt: skip
            return


def error_document(use: Use) -> Problems:
    """`core.c:set_error_document`: a status that httpd knows; a text or URL with valid `%{…}`."""
    code = atoi(use.word(0))
    if len(use.words) != 2 or code is None:
        return
    if code not in STATUSES:
        if not 400 <= code <= 599 or use.since("2.4.66"):
            yield use.at(0, "unsupported HTTP response code")
        return
    if use.words[1].lower() != "default" and use.since("2.4.13"):
        yield from interpolated(use, 1)


def listen(use: Use) -> Problems:
    """`listen.c:ap_set_listener`: `[address:]port`, then at most a protocol."""
    if not 1 <= len(use.words) <= 2:
        yield use.whole("Listen requires 1 or 2 arguments")
        return
    word = use.words[0]
    address, colon, port = word.rpartition(":")
    if not colon:
        address, port = "", word
    if word.endswith("]") or not re.fullmatch(r"\d+", port):
        if not word.startswith("[") or "]" in word:
            yield use.at(0, "a port must be given")
    elif not 1 <= leading_number(port) <= 65535 or (colon and not address):
        yield use.at(0, "invalid address or port: the port must be from 1 to 65535")


def server_name(use: Use) -> Problems:
    """`core.c:server_hostname_port`: `[scheme://]name[:port]`, no wildcard, a port from 1 to 65535."""
    word = use.word(0)
    if not word:
        return
    wild = re.search(r"[*?]|\[.*\]", word)
    if wild and (wild.group() == "*" or use.since("2.4")):
        yield use.at(0, "wildcards and brackets are no server name: use ServerAlias for more names")
        return
    start = word.find("://") + 3 if "://" in word else 0
    colon = word.find(":", start)
    if colon < 0:
        return
    port = atoi(word[colon + 1 :])
    if port is not None and not 1 <= port <= 65535:
        yield use.within(0, colon + 1, len(word), "the port must be from 1 to 65535")


def virtual_host(use: Use) -> Problems:
    """`vhost.c:get_addresses`: every address has an address part and a usable port."""
    for index, word in until_empty(use.words):
        number = number_of(word)
        if number is not None:
            fixed = f"*:{number}" if 1 <= number <= 65535 else None
            yield use.at(index, "the address is missing: write *:port", fixed)
            return
        if re.fullmatch(r":\d+", word):
            yield use.at(index, "the address is missing before the port", f"*{word}")
            return
        port = re.fullmatch(r"(?:[^:\[\]]+|\[[0-9a-fA-F:.]+\]):(\d+)", word)
        if port and not 1 <= leading_number(port.group(1)) <= 65535:
            yield use.within(index, port.start(1), len(word), "the port must be from 1 to 65535")
            return


def path_section(use: Use) -> Problems:
    """`core.c:dirsection`, `urlsection`, `filesection`: one path, or `~` and a regular expression."""
    tilde = use.word(0) == "~" and use.name in ("directory", "location", "files", "directorymatch")
    first = int(tilde)
    if len(use.words) > first + 1:
        yield use.at(first + 1, "only one path is taken: quote a path that has blanks")
    elif len(use.words) == first + 1 and (tilde or use.name.endswith("match")):
        yield from regex(use, first)


def limit_section(use: Use) -> Problems:
    """`core.c:ap_limit_section`: TRACE can't be limited."""
    for index, word in until_empty(use.words):
        if word == "TRACE":
            yield use.at(index, "TRACE cannot be controlled by <Limit>: see TraceEnable")


def if_section(use: Use) -> Problems:
    """`core.c:ifsection`: one word that is a condition."""
    if not use.since("2.4.0"):
        return
    if len(use.words) > 1:
        yield use.whole("only one word is taken: quote the expression")
    elif use.words:
        yield from condition(use, use.words[0], 0)


def else_section(use: Use) -> Problems:
    """`core.c:ifsection` for `<Else>`: no argument."""
    if use.words:
        yield use.whole("<Else> takes no argument")


def define(use: Use) -> Problems:
    """`core.c:set_define`: a colon is kept for maps."""
    colon = use.word(0).find(":")
    if colon >= 0:
        yield use.within(0, colon, colon + 1, "a variable name must not contain ':'")


def error_log_format(use: Use) -> Problems:
    """`core.c:set_errorlog_format`: request and connection formats have no %M, the main one needs it."""
    if len(use.words) == 2:
        kind, format_word = use.words[0].lower(), 1
        if kind not in ("request", "connection"):
            yield use.at(0, "the type must be request or connection")
            return
    elif len(use.words) == 1:
        kind, format_word = "", 0
    else:
        return
    text = use.words[format_word]
    items = re.findall(r"%(?:[-+#0-9]|\{[^}]*\})*(.?)", text, re.DOTALL)
    if any(letter in ("", "{") for letter in items):
        yield use.at(format_word, "ends within a % directive")
        return
    has_message = "M" in items
    if kind and has_message:
        yield use.at(format_word, "%M cannot be used in request and connection formats")
    elif not kind and not has_message:
        yield use.at(format_word, "the main format must contain the message, %M")


_MUTEX_KINDS = {"default", "none", "file", "flock", "fcntl", "pthread", "sysvsem", "posixsem", "sem", "yes", "no"}


def mutex(use: Use) -> Problems:
    """`util_mutex.c:ap_set_mutex`: a mechanism, with a directory for files."""
    if not use.words:
        yield use.whole("a mechanism is missing")
        return
    kind = use.words[0].partition(":")[0].lower()
    if kind not in _MUTEX_KINDS:
        yield use.at(0, f"no such mechanism: use {listed(sorted(_MUTEX_KINDS - {'yes', 'no'}))}")


def file_etag(use: Use) -> Problems:
    """`core.c:set_etag_bits`: known words, None, All and Digest without a sign in the first two cases."""
    known = {"inode", "mtime", "size", "all", "none", "digest"}
    for index, word in enumerate(use.words):
        signed = word[:1] in ("+", "-")
        key = word[signed:].lower()
        if key not in known:
            yield use.at(index, f"unknown keyword: use {listed(['INode', 'MTime', 'Size', 'Digest', 'All', 'None'])}")
            return
        if signed and key in ("all", "none"):
            yield use.at(index, f"{word[1:]} takes no sign")
            return


_TOKENS = {"prod", "productonly", "major", "minor", "min", "minimal", "os", "full"}


def server_tokens(use: Use) -> Problems:
    """`core.c:set_serv_tokens`: unknown words are refused since 2.4.10."""
    if use.word(0) and use.word(0).lower() not in _TOKENS and use.since("2.4.10"):
        yield use.at(0, "must be Full, OS, Minimal, Minor, Major or Prod")


def set_handler(use: Use) -> Problems:
    """`core.c:set_sethandler`: an expression when there is a `%` in it (2.4.13)."""
    if len(use.words) == 1 and use.since("2.4.13"):
        yield from interpolated(use, 0)


def cgi_var(use: Use) -> Problems:
    """`core.c:set_cgi_var`: only REQUEST_URI, either current-uri or original-uri."""
    if len(use.words) != 2:
        return
    if use.words[0] != "REQUEST_URI":
        yield use.at(0, "unrecognized CGI variable: only REQUEST_URI can be set")
    elif use.words[1].lower() not in ("current-uri", "original-uri"):
        yield use.at(1, "must be current-uri or original-uri")


def recursion(use: Use) -> Problems:
    """`core.c:set_recursion_limit`: one or two numbers above 0."""
    for index, word in enumerate(use.words[:2]):
        value = atoi(word)
        if value is not None and value <= 0:
            yield use.at(index, "the recursion limit must be greater than zero")


def always_refused(use: Use) -> Problems:
    """`Error` and directives kept only for their "no longer supported" message."""
    yield use.whole(f"the server stops here with this message: {use.raw.strip()}")


CHECKERS: dict[str, Checker] = {
    "options": options,
    "allowoverride": allow_override,
    "loglevel": log_level,
    "errordocument": error_document,
    "listen": listen,
    "servername": server_name,
    "<virtualhost": virtual_host,
    **dict.fromkeys(
        ["<directory", "<location", "<files", "<directorymatch", "<locationmatch", "<filesmatch", "<proxymatch"],
        path_section,
    ),
    "<limit": limit_section,
    "<if": if_section,
    "<elseif": if_section,
    "<else": else_section,
    "define": define,
    "undefine": define,
    "errorlogformat": error_log_format,
    "mutex": mutex,
    "fileetag": file_etag,
    "servertokens": server_tokens,
    "sethandler": set_handler,
    "cgivar": cgi_var,
    "limitinternalrecursion": recursion,
    "error": always_refused,
}
