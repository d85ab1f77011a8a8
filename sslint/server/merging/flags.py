"""Options and FileETag: records of flags, merged bit by bit as httpd does it.

A section that says nothing of them has a record all the same, and each walk lays its records over
each other before they come over what was there; both show where signed words meet unsigned ones.

Sources: `set_options`, `set_etag_bits`, `create_core_dir_config` and `merge_core_dir_configs` in
server/core.c, `ap_make_etag` in modules/http/http_etag.c.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from .layers import Layer

_INDEXES, _INCLUDES, _LINKS, _CGI, _UNSET, _EXEC, _OWNER, _MULTI = (1 << bit for bit in range(8))
_OPTIONS = {
    "indexes": _INDEXES,
    "includes": _INCLUDES | _EXEC,
    "includesnoexec": _INCLUDES,
    "followsymlinks": _LINKS,
    "symlinksifownermatch": _OWNER,
    "execcgi": _CGI,
    "multiviews": _MULTI,
    "none": 0,
    "all": _INDEXES | _INCLUDES | _EXEC | _LINKS | _CGI,
}
_NONE, _MTIME, _INODE, _SIZE = (1 << bit for bit in range(4))
_ETAG = {
    "none": _NONE,
    "all": _MTIME | _INODE | _SIZE,
    "mtime": _MTIME,
    "lmtime": _MTIME,
    "lastmodified": _MTIME,
    "inode": _INODE,
    "size": _SIZE,
}


class Flags(NamedTuple):
    """A record: the flags, and what signed words add to and take from the outer record."""

    bits: int
    add: int = 0
    remove: int = 0


class Kind(NamedTuple):
    """One directive's way: the record of a section that says nothing, one line's effect, merging, and the words."""

    key: str
    fresh: Flags
    apply: Callable[[Flags, Sequence[str]], Flags]
    merge: Callable[[Flags, Flags], Flags]
    words: Callable[[Flags], tuple[str, ...]]


def merged(
    kind: Kind, layers: Iterable[Layer], taken: Mapping[int, Sequence[Sequence[str]]], outermost: Flags
) -> Flags:
    """The record in force after all layers; `taken` are the words of a layer's lines, by the layer's number."""
    state: Flags | None = None
    for walk, group in groupby(enumerate(layers), lambda pair: pair[1].walk):
        combined: Flags | None = None
        for number, layer in group:
            if layer.truth is not True:
                continue
            record = outermost if walk == "server" else kind.fresh
            for words in taken.get(number, ()):
                record = kind.apply(record, words)
            combined = record if combined is None else kind.merge(combined, record)
        if combined is not None:
            state = combined if state is None else kind.merge(state, combined)
    return outermost if state is None else state


def _set_options(record: Flags, words: Sequence[str]) -> Flags:
    bits, add, remove = record
    for number, word in enumerate(words):
        sign = word[:1] if word[:1] in ("+", "-") else ""
        meant = _OPTIONS.get(word[len(sign) :].lower(), 0)
        if sign == "-":
            bits, add, remove = bits & ~meant, add & ~meant, remove | meant
        elif sign == "+":
            bits, add, remove = bits | meant, add | meant, remove & ~meant
        else:
            bits = (bits if number else 0) | meant
    return Flags(bits, add, remove)


def _merge_options(base: Flags, inner: Flags) -> Flags:
    if not inner.bits & _UNSET:
        return inner
    add = (base.add & ~inner.remove) | inner.add
    remove = (base.remove & ~inner.add) | inner.remove
    bits = (base.bits & ~remove) | add
    both = _INCLUDES | _EXEC
    if base.bits & both == both and inner.bits & both == _INCLUDES:
        bits &= ~_EXEC
    return Flags(bits, add, remove)


def _option_words(record: Flags) -> tuple[str, ...]:
    bits = record.bits
    found = ["Indexes"] if bits & _INDEXES else []
    if bits & _INCLUDES:
        found.append("Includes" if bits & _EXEC else "IncludesNOEXEC")
    names = {"FollowSymLinks": _LINKS, "SymLinksIfOwnerMatch": _OWNER, "ExecCGI": _CGI, "MultiViews": _MULTI}
    return (*found, *(name for name, bit in names.items() if bits & bit)) or ("None",)


def _set_etag(record: Flags, words: Sequence[str]) -> Flags:
    bits, add, remove = record
    first = True
    for word in words:
        sign = word[:1] if word[:1] in ("+", "-") else ""
        meant = _ETAG.get(word[len(sign) :].lower(), 0)
        if not sign and first:
            bits, add, remove, first = 0, 0, 0, False
        if sign == "-":
            add, remove = add & ~meant, remove | meant
        elif sign == "+":
            add, remove = add | meant, remove & ~meant
        else:
            bits, add, remove = bits | meant, 0, 0
    return Flags(bits, add, remove)


def _merge_etag(base: Flags, inner: Flags) -> Flags:
    if inner.bits:
        found = inner
    else:
        add = (base.add & ~inner.remove) | inner.add
        remove = (base.remove & ~inner.add) | inner.remove
        found = Flags((base.bits & ~remove) | add, add, remove)
    return found if found.bits == _NONE else found._replace(bits=found.bits & ~_NONE)


def _etag_words(record: Flags) -> tuple[str, ...]:
    bits = ((record.bits & ~record.remove) | record.add) or _MTIME | _SIZE
    if bits & _NONE:
        return ("None",)
    return tuple(name for name, bit in (("INode", _INODE), ("MTime", _MTIME), ("Size", _SIZE)) if bits & bit)


KINDS = {
    "options": Kind("options", Flags(_UNSET), _set_options, _merge_options, _option_words),
    "etag": Kind("fileetag", Flags(0), _set_etag, _merge_etag, _etag_words),
}


def outermost(kind: Kind, older: str | None) -> Flags:
    """The record of a server that says nothing: FollowSymLinks from 2.4 on; `older` names what it was before."""
    if kind.key != "options":
        return kind.fresh
    return Flags(_UNSET | (_OPTIONS[older.lower()] if older else _LINKS))
