"""A cipher string taken apart, as plain data for programs; docs/ciphers.md describes it."""

from __future__ import annotations

from ..openssl import Suite, weaknesses
from ..openssl.expansion import Expansion
from ..openssl.remarks import Remark, is_usable, remarks
from .ciphers import chosen

SCHEMA_VERSION = 1


def cipher_data(expansion: Expansion, protocol: str | None = None) -> dict[str, object]:
    """Everything that the lines tell, and more."""
    shown = chosen(expansion, protocol)
    error = expansion.error
    return {
        "schema_version": SCHEMA_VERSION,
        **source_data(expansion),
        "protocol": protocol,
        "error": None if error is None else {"kind": error.kind, "message": str(error), "offset": error.offset},
        "suites": [suite_data(suite, expansion) for suite in shown],
        "tls13": {
            "governed_by_string": False,
            "default": list(expansion.library.tls13_default),
        },
        "elements": [_element_data(one) for one in remarks(expansion)],
    }


def source_data(expansion: Expansion) -> dict[str, object]:
    """What was evaluated, and with what."""
    library, effective = expansion.library, expansion.effective
    return {
        "value": expansion.value,
        "string": effective.text,
        "value_span": [effective.start, effective.end],
        "httpd": None if expansion.httpd is None else ".".join(map(str, expansion.httpd)),
        "openssl": {"build": library.name, "series": library.series, "version": library.version},
        "security_level": expansion.level,
        "suite_b": expansion.selected is not None and expansion.selected.suite_b,
    }


def suite_data(suite: Suite, expansion: Expansion) -> dict[str, object]:
    """One suite."""
    return {
        "name": suite.name,
        "iana": suite.iana,
        "code": suite.hex,
        "protocol": suite.protocol,
        "key_exchange": suite.kx,
        "authentication": suite.au,
        "encryption": suite.enc,
        "mac": suite.mac,
        "strength_bits": suite.strength_bits,
        "key_bits": suite.alg_bits,
        "forward_secrecy": suite.forward_secret,
        "aead": suite.aead,
        "usable_at_level": is_usable(expansion, suite),
        "weaknesses": [weakness._asdict() for weakness in weaknesses(suite)],
    }


def _element_data(remark: Remark) -> dict[str, object]:
    element = remark.element
    return {
        "text": remark.text,
        "start": element.start,
        "end": element.end,
        "operator": element.operator,
        "words": list(element.words),
        "added_by_mod_ssl": remark.by_mod_ssl,
        "effect": remark.effect,
        "summary": remark.summary,
        "notes": list(remark.notes),
        "redundant": remark.is_redundant,
        "unknown": element.unknown,
        "security_level": element.level,
        "added": [suite.name for suite in element.added],
        "removed": [suite.name for suite in element.removed],
        "moved": [suite.name for suite in element.moved],
        "length_after": remark.length,
    }
