"""Values of the smaller modules: expires, usertrack, autoindex, cache, reqtimeout, substitute, md, lua …"""

from __future__ import annotations

import re

from ..knowledge.regexes import regex_problem
from ..text import leading_number, number_of
from .values_base import Checker, Problems, Use, atoi, condition, listed, until_empty

_UNITS = "years months weeks days hours minutes seconds".split()
_UNIT = re.compile(r"[ywdhs]|mo|mi", re.IGNORECASE)
"""What the handlers look at of a unit."""


def _spans(words: list[str]) -> str | None:
    """The objection to `number unit number unit …`; None when it is fine."""
    for index in range(0, len(words), 2):
        if not words[index][0].isdigit():
            return f"a number is expected instead of {words[index]!r}"
        if index + 1 >= len(words):
            return "a unit is missing after the number: write it as a word of its own"
        if not _UNIT.match(words[index + 1]):
            return f"{words[index + 1]!r} is no unit: use {listed(_UNITS)}"
    return None


def _after_plus(words: list[str]) -> list[str]:
    return words[1:] if words and words[0][0] in "pP" else words


def _expires(use: Use, index: int) -> Problems:
    """`mod_expires.c:check_code`: `A3600`, `M3600`, or `access|now|modification plus 1 day …`.

    Anything that starts with a capital A or M passes; of the other words few letters are looked at.
    """
    text = use.words[index]
    if text[:1] in ("A", "M", "") or not text.strip() or re.search(r"[\"'\\]", text):
        return
    words = text.split()
    if words[0][0].lower() not in "nam":
        yield use.at(index, "must start with access, now or modification, or be A or M with a number of seconds")
        return
    problem = _spans(_after_plus(words[1:]))
    if problem:
        yield use.at(index, problem)


def expires_default(use: Use) -> Problems:
    """`ExpiresDefault code`."""
    if len(use.words) == 1:
        yield from _expires(use, 0)


def expires_by_type(use: Use) -> Problems:
    """`mod_expires.c:set_expiresbytype`: a type with a slash, and a code."""
    if len(use.words) != 2:
        return
    if "/" not in use.words[0]:
        yield use.at(0, "invalid MIME type: it must contain a slash")
    else:
        yield from _expires(use, 1)


def cookie_expires(use: Use) -> Problems:
    """`mod_usertrack.c:set_cookie_exp`: seconds, or `[plus] number unit …`."""
    text = use.word(0)
    if not text or (text[0].isdigit() and text[-1].isdigit()) or re.search(r"[\"'\\]", text):
        return
    problem = _spans(_after_plus(text.split()))
    if problem:
        yield use.at(0, problem)


def cookie_domain(use: Use) -> Problems:
    """`mod_usertrack.c:set_cookie_domain`: a dot in front and another one."""
    word = use.word(0)
    if word and not word.startswith("."):
        yield use.at(0, "must begin with a dot")
    elif word and "." not in word[1:]:
        yield use.at(0, "must contain another dot")


_INDEX_OPTIONS = set(
    "fancyindexing iconsarelinks scanhtmltitles suppresslastmodified suppresssize suppressdescription "
    "suppresshtmlpreamble suppresscolumnsorting foldersfirst versionsort trackmodified suppressicon suppressrules "
    "ignorecase ignoreclient htmltable xhtml showforbidden addaltclass none useolddateformat".split()
)
_SIZED = {"iconheight", "iconwidth", "namewidth", "descriptionwidth"}


def index_options(use: Use) -> Problems:
    """`mod_autoindex.c:add_opts`: known words; None without a sign, sizes without a minus."""
    for index, word in enumerate(use.words):
        sign = word[:1] if word[:1] in ("+", "-") else ""
        key, equals, value = word[len(sign) :].partition("=")
        name = key.lower()
        if not word:
            continue
        if name == "none" and not equals and sign:
            yield use.at(index, "None takes no sign")
        elif name in _SIZED and not equals and sign != "-" and name.endswith("width") and name != "iconwidth":
            yield use.at(index, f"{key} with no value may only appear as -{key}")
        elif name in _SIZED and equals and sign == "-":
            yield use.at(index, f"{key} with a value takes no minus")
        elif name in ("namewidth", "descriptionwidth") and equals and value != "*":
            least = 5 if name == "namewidth" else 12
            number = atoi(value)
            if number is not None and number != 0 and number < least:
                yield use.at(index, f"{key} must be at least {least}")
        elif not (name in (_SIZED if equals else _INDEX_OPTIONS | _SIZED) or (equals and name in ("charset", "type"))):
            yield use.at(index, "invalid directory indexing option")
            return


def index_order(use: Use) -> Problems:
    """`mod_autoindex.c:set_default_order`."""
    if len(use.words) == 2:
        if use.words[0].lower() not in ("ascending", "descending"):
            yield use.at(0, "must be Ascending or Descending")
        elif use.words[1].lower() not in ("name", "date", "size", "description"):
            yield use.at(1, "must be Name, Date, Size or Description")


def directory_index_redirect(use: Use) -> Problems:
    """`mod_dir.c:configure_redirect`: a switch, a word or a status of 300 to 399."""
    word = use.word(0).lower()
    if not word or word in ("on", "off", "permanent", "temp", "seeother"):
        return
    if not 300 <= (number_of(word) or 0) <= 399:
        yield use.at(0, "must be on, off, permanent, temp, seeother or a status from 300 to 399")


def cache_disable(use: Use) -> Problems:
    """`mod_cache.c:add_cache_disable`: a path or URL; `on` in a Location."""
    word = use.word(0)
    if use.place in ("location", "if") and word:
        if word.lower() != "on":
            yield use.at(0, "must be the word on in a <Location>")
    elif use.place in ("server", "vhost") and word.lower() not in ("", "on") and not re.search(r"\A/|:", word):
        yield use.at(0, "must be a path or a URL")


def cache_enable(use: Use) -> Problems:
    """`mod_cache.c:add_cache_enable`: a provider, and a URL unless in a Location."""
    if use.word(0).startswith("/"):
        yield use.at(0, "the provider starts with a slash: are URL and provider switched?")
    elif len(use.words) == 1 and use.place in ("server", "vhost"):
        yield use.whole("a URL is missing")


_READ_TIMEOUT = re.compile(r"(?P<time>\d+)(?P<range>-\d+)?(?:,(?P<rate>minrate=(?P<bytes>\d+)))?\Z", re.IGNORECASE)


def request_read_timeout(use: Use) -> Problems:
    """`mod_reqtimeout.c:set_reqtimeouts`: `header|body|handshake=time[-time][,MinRate=bytes]`."""
    for index, word in enumerate(use.words):
        key, equals, value = word.partition("=")
        if not equals:
            yield use.at(index, "must be in the form key=value")
            return
        if key.lower() not in ("header", "body", "handshake"):
            yield use.within(index, 0, len(key), "unknown parameter: use header, body or handshake")
            return
        found = _READ_TIMEOUT.match(value)
        message = None
        if found is None:
            message = "must be a time in seconds, or a range, then ,MinRate=bytes"
        elif found["range"] and not found["rate"]:
            message = "a range needs MinRate"
        elif found["rate"] and leading_number(found["bytes"]) == 0:
            message = "the minimum rate must be larger than 0"
        if message:
            yield use.within(index, len(key) + 1, len(word), message)
            return


def substitute(use: Use) -> Problems:
    """`mod_substitute.c:set_pattern`: `s/pattern/text/flags` with the flags i, n, f and q."""
    word = use.word(0)
    if not word:
        return
    if word[0] not in "sS" or (len(word) > 1 and word[1].isalnum()):
        if word[0] not in "sS":
            yield use.at(0, "must be a pattern such as s/a/b/")
        return
    parts = word[2:].split(word[1]) if len(word) > 1 else []
    if len(parts) < 2:
        yield use.at(0, "must be a complete pattern such as s/a/b/")
        return
    if "\\" in word:
        return
    flags = word[1].join(parts[2:])
    if flags.lower().strip("infq"):
        yield use.within(0, len(word) - len(flags), len(word), "the flags are i, n, f and q")
    elif "n" not in flags.lower():
        found = regex_problem(parts[0])
        if found:
            yield use.within(0, 2 + found.offset, 2 + len(parts[0]), f"the regular expression: {found.message}")


def substitute_length(use: Use) -> Problems:
    """`mod_substitute.c:set_max_line_length`: bytes, with b, k, m or g."""
    word = use.word(0)
    if word and not re.fullmatch(r"\s*\+?\d*[bkmgBKMG]?", word):
        yield use.at(0, "must be a size: a number, then b, k, m or g or nothing")


def buffer_size(use: Use) -> Problems:
    """`mod_buffer.c:set_buffer_size`: a number above 0."""
    value = atoi(use.word(0))
    if use.words and value is not None and value <= 0:
        yield use.at(0, "must be a size in bytes, greater than zero")


def factor(use: Use) -> Problems:
    """`event.c:set_worker_factor`: a positive number, which may have a fraction."""
    word = use.word(0)
    if re.fullmatch(r"\s*[+-]?\d+(?:\.\d*)?", word):
        if float(word) <= 0:
            yield use.at(0, "must be a positive number")
    elif word[:1].isalpha() and not re.match(r"(?i)inf|nan", word):
        yield use.at(0, "must be a positive number")


_FORMAT_ITEM = r"%(?:%|p|-?\d+\+?(?:\.-?\d+\+?)?)"
_VHOST_FORMAT = re.compile(rf"(?:[^%]|{_FORMAT_ITEM})*\Z", re.DOTALL)


def vhost_format(use: Use) -> Problems:
    """`mod_vhost_alias.c:vhost_alias_set`: an absolute path with `%` directives, or none."""
    word = use.word(0)
    if not word or word.lower() == "none":
        return
    if not word.startswith("/"):
        yield use.at(0, "must be an absolute path, or none")
    elif not _VHOST_FORMAT.match(word):
        yield use.at(0, "syntax error in the format: % wants %, p or a number")


def regex_options(use: Use) -> Problems:
    """`core.c:set_regex_default_options`."""
    for index, word in enumerate(use.words):
        name = word[word[:1] in ("+", "-") :].lower()
        if name not in ("none", "icase", "extended", "dotall", "dollar_endonly") or (
            name == "extended" and use.since("2.4")
        ):
            yield use.at(index, "unknown option: use none, ICASE, DOTALL or DOLLAR_ENDONLY")
            return


_LDAP_GLOBAL = set(
    "ca_der ca_base64 ca_cert7_db ca_secmod cert_der cert_base64 cert_key3_db cert_nickname key_der key_base64 "
    "cert_pfx key_pfx".split()
)
_LDAP_CLIENT = set(
    "ca_der ca_base64 cert_der cert_base64 cert_nickname cert_pfx key_der key_base64 key_pfx cert_key3_db".split()
)


def ldap_certificate(use: Use) -> Problems:
    """`util_ldap.c:util_ldap_parse_cert_type`."""
    known = _LDAP_GLOBAL if use.name == "ldaptrustedglobalcert" else _LDAP_CLIENT
    word = use.word(0)
    if word and word.lower() not in known:
        yield use.at(0, f"certificate type not recognised: use {listed(sorted(name.upper() for name in known))}")


def md_private_keys(use: Use) -> Problems:
    """`mod_md_config.c:md_config_set_pkeys`: RSA keys have at least 2048 bits."""
    for index, word in enumerate(use.words):
        first_pair = index == 1 and use.words[0].lower() == "rsa"
        found = re.fullmatch(r"(\d{1,9})" if first_pair else r"(?i)rsa(\d{1,9})", word)
        if found and int(found.group(1)) < 2048 and use.since("2.4.41"):
            yield use.at(index, "RSA keys must have 2048 bits or more")
            return


def md_port_map(use: Use) -> Problems:
    """`mod_md_config.c:set_port_map`: `80:port`, `443:port`, `http:…` or `https:…`; `-` for none."""
    for index, word in until_empty(use.words):
        key, colon, port = word.partition(":")
        if not colon or not (key.isdigit() or key in ("http", "https")):
            yield use.at(index, "must be 80:port, 443:port, http:port or https:port")
            return
        value = atoi(port)
        if port != "-" and value is not None and not 1 <= value <= 65535:
            yield use.at(index, "the port must be from 1 to 65535")
            return


def md_dns_version(use: Use) -> Problems:
    """`mod_md_config.c:md_config_set_dns01_version`."""
    if use.word(0) and use.word(0) not in ("1", "2"):
        yield use.at(0, "only versions 1 and 2 are supported")


_CA_NAMES = {"letsencrypt", "letsencrypt-test", "buypass", "buypass-test"}


def md_authority(use: Use) -> Problems:
    """`mod_md_config.c:md_config_set_ca`: URLs or known names."""
    for index, word in enumerate(use.words):
        if word and ":" not in word and word.lower() not in _CA_NAMES and use.since("2.4.54"):
            yield use.at(index, "neither a URL nor a known authority: LetsEncrypt, Buypass or their -Test")
            return


def url_with_scheme(use: Use) -> Problems:
    """MDHttpProxy and CacheKeyBaseURL: a scheme is needed."""
    if use.word(0) and ":" not in use.words[0]:
        yield use.at(0, "the scheme of the URL is missing")


def icon(use: Use) -> Problems:
    """`mod_autoindex.c:add_icon`: `(ALT,url)` needs its parenthesis within the word."""
    word = use.word(0)
    if word.startswith("(") and not word.endswith(")") and use.word(1):
        yield use.at(0, "the closing parenthesis is missing: (ALT,url) is one word")


def action(use: Use) -> Problems:
    """`mod_actions.c:add_action`: a third word must be virtual."""
    if len(use.words) == 3 and use.words[2].lower() != "virtual":
        yield use.at(2, "unrecognized option: only virtual is known")


def session_cookie(use: Use) -> Problems:
    """`mod_session_cookie.c:check_string`: no `=` or `&` in the name."""
    name = (use.raw.split() or [""])[0]
    if "=" in name or "&" in name:
        yield use.whole("a cookie name must not contain = or &")


def fcgi_provider(use: Use) -> Problems:
    """`mod_authnz_fcgi.c:fcgi_define_provider`: type, name, `fcgi://` address."""
    if len(use.words) < 3:
        return
    if use.words[0].lower() not in ("authn", "authz", "authnz"):
        yield use.at(0, "the type must be authn, authz or authnz")
    elif not use.words[2].lower().startswith("fcgi://"):
        yield use.at(2, "the address must be fcgi://host:port/")


def filter_provider(use: Use) -> Problems:
    """`mod_filter.c:filter_provider`: the third word is a condition (2.4)."""
    if len(use.words) == 3 and use.since("2.4.0"):
        yield from condition(use, use.words[2], 2)


def ext_filter(use: Use) -> Problems:
    """`mod_ext_filter.c:define_filter`: the mode is input or output."""
    for index, word in enumerate(use.words[1:], 1):
        if word.startswith("mode=") and word[5:] not in ("input", "output"):
            yield use.within(index, 5, len(word), "invalid mode: use input or output")
            return


def share(use: Use) -> Problems:
    """`mod_cache.c:set_cache_factor`: a number that may have a fraction."""
    if use.word(0)[:1].isalpha() and not re.match(r"(?i)inf|nan", use.words[0]):
        yield use.at(0, "must be a number")


def shared_memory(use: Use) -> Problems:
    """`mod_auth_digest.c:set_shmem_size`: bytes, with K or M."""
    word = use.word(0)
    if word and not re.match(r"\s*[+-]?\d+([kKmM].*)?\Z", word):
        yield use.at(0, "must be a size: a number, then K or M or nothing")


def multicast(use: Use) -> Problems:
    """`mod_heartmonitor.c:cmd_hm_listen`, `mod_heartbeat.c:cmd_hb_address`: an address with a port."""
    if use.word(0) and not re.search(r":\d+\Z", use.words[0]):
        yield use.at(0, "a port must be given: address:port")


def no_user_dir(use: Use) -> Problems:
    """`mod_userdir.c:set_user_dir`: something must be given."""
    if not use.word(0):
        yield use.whole("an argument is missing: a folder, enabled or disabled")


def not_implemented(use: Use) -> Problems:
    """`mod_lua.c:register_filter_function_hook`."""
    yield use.whole("not implemented: the server refuses every use")


CHECKERS: dict[str, Checker] = {
    "expiresdefault": expires_default,
    "expiresbytype": expires_by_type,
    "cookieexpires": cookie_expires,
    "cookiedomain": cookie_domain,
    "indexoptions": index_options,
    "indexorderdefault": index_order,
    "directoryindexredirect": directory_index_redirect,
    "cachedisable": cache_disable,
    "cacheenable": cache_enable,
    "cachekeybaseurl": url_with_scheme,
    "requestreadtimeout": request_read_timeout,
    "substitute": substitute,
    "substitutemaxlinelength": substitute_length,
    "buffersize": buffer_size,
    "asyncrequestworkerfactor": factor,
    **dict.fromkeys(
        ["virtualdocumentroot", "virtualdocumentrootip", "virtualscriptalias", "virtualscriptaliasip"], vhost_format
    ),
    "regexdefaultoptions": regex_options,
    "ldaptrustedglobalcert": ldap_certificate,
    "ldaptrustedclientcert": ldap_certificate,
    "mdprivatekeys": md_private_keys,
    "mdportmap": md_port_map,
    "mdchallengedns01version": md_dns_version,
    "mdcertificateauthority": md_authority,
    "mdhttpproxy": url_with_scheme,
    "addicon": icon,
    "addiconbytype": icon,
    "addiconbyencoding": icon,
    "action": action,
    "cachelastmodifiedfactor": share,
    "authdigestshmemsize": shared_memory,
    "heartbeatlisten": multicast,
    "heartbeataddress": multicast,
    "userdir": no_user_dir,
    "luahookinsertfilter": not_implemented,
    "sessioncookiename": session_cookie,
    "authnzfcgidefineprovider": fcgi_provider,
    "filterprovider": filter_provider,
    "extfilterdefine": ext_filter,
}
