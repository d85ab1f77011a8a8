"""Make `directives.txt` and `modules.txt` from the measured facts about directives.

    python grammar/convert/directives.py ../shared/data/directives.json

The output is deterministic: the same facts give the same bytes. The row format is described
at the top of `directives.txt`; `sslint.knowledge.directives` reads it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PLACES = (
    "server vhost directory location files if limit proxy vhost+directory vhost+location "
    "directory+files directory+if location+if mdomainset requireany htaccess"
).split()
VERDICTS = {"ok": "o", "not_allowed": "n", "check_refused": "r", "other": "x"}
COUNTS = {"ok": "o", "count": "c", "other": "x"}
VALUE_DECIDES = {"BalancerMember", "ProxySet", "Limit", "LimitExcept"}
"""Their handlers refuse some values in some places, not the places."""
BRANCHES = ("1.3", "2.0", "2.2", "2.4", "trunk")

SUCCESSORS = {
    "AcceptMutex": ["(?i)(default|flock|fcntl|sysvsem|posixsem|pthread|sem) => Mutex {} mpm-accept"],
    "AddModule": [".* =>"],
    "AccessConfig": ["/dev/null =>"],
    "AgentLog": [r'(?!.*\s\S).* => CustomLog {} "%{User-agent}i"'],
    "AuthAuthoritative": [".* => AuthBasicAuthoritative {}"],
    "AuthDefaultAuthoritative": ["(?i)on =>"],
    "AuthDigestFile": [".* => AuthUserFile {}"],
    "AuthDigestGroupFile": [".* => AuthGroupFile {}"],
    "AuthzDBMAuthoritative": ["(?i)on =>"],
    "AuthzDefaultAuthoritative": ["(?i)on =>"],
    "AuthzGroupFileAuthoritative": ["(?i)on =>"],
    "AuthzLDAPAuthoritative": ["(?i)on =>"],
    "AuthzOwnerAuthoritative": ["(?i)on =>"],
    "AuthzUserAuthoritative": ["(?i)on =>"],
    "ClearModuleList": [".* =>"],
    "CookieLog": [r'(?!.*\s\S).* => CustomLog {} "%{Cookie}n \"%r\" %t"'],
    "DefaultType": [".* =>"],
    "FancyIndexing": ["(?i)on => IndexOptions +FancyIndexing", "(?i)off => IndexOptions -FancyIndexing"],
    "H2SerializeHeaders": [".* =>"],
    "ManagedDomain": [".* => MDomain {}"],
    "MaxClients": [".* => MaxRequestWorkers {}"],
    "MaxRequestsPerChild": [".* => MaxConnectionsPerChild {}"],
    "MDDriveMode": [".* => MDRenewMode {}"],
    "NameVirtualHost": [".* =>"],
    "RefererLog": [r'(?!.*\s\S).* => CustomLog {} "%{Referer}i -> %U"'],
    "ResourceConfig": ["/dev/null =>"],
    "ServerType": ["(?i)standalone =>"],
    "SSLMutex": [
        "(?i)(default|sem|posixsem|sysvsem|pthread) => Mutex {} ssl-cache",
        "(?i)yes => Mutex default ssl-cache",
    ],
}
"""What says exactly the same where the directive is out of use, by a pattern of its words; nothing: take it out."""

HEADER = f"""\
# Directives of Apache httpd 1.3 to trunk and of packaged third-party modules, one a line.
# Made by grammar/convert/directives.py; do not edit.
#
# name TAB kind TAB key=value TAB key=value ...       kind: directive, section
#   BRANCH=FIRST LAST SHAPE FLAGS MODULES IDS extras   a release branch that knows the name; - is none.
#       extras: check:NOT_IN_...  as:EFFECTIVE_SHAPE  tombstone  addon:...  when:BUILD_CONDITION
#               change:VERSION:SHAPE/FLAGS>SHAPE/FLAGS
#   package, shape, flags, modules, ids   instead of branches, for a third-party module
#   seen      verdicts of httpd 2.4.71 for the places
#             {" ".join(PLACES)}
#             o allowed, n not allowed here, r refused by the handler, x allowed, then refused for the value
#   counts    verdicts for 0 to 5 words: o accepted, c refused for the count, x refused for another reason
#   override  override class;  htaccess  classes that AllowOverride must grant;  refusal.PLACE  the message
#   words     documented literals;  accepts, rejects  those that 2.4.71 took and refused
#   handler   what the handler's source says about words
#   syntax, default, notes                lists are joined by " || "
#   deprecated  IN EFFECT REPLACED_BY;  since, removed, status
#   successor   PATTERN => LINE: where the pattern fits all words, LINE says exactly the same; no LINE: nothing does
"""


def words(items: Iterable[str]) -> str:
    """A comma-separated list; `-` when empty."""
    return ",".join(items) or "-"


def flag_list(flags: Iterable[Any]) -> str:
    """Flags of one entry; where two tables disagree the first one is taken."""
    taken: list[str] = []
    for flag in flags:
        taken.extend(flag if isinstance(flag, list) else [flag])
    return words(dict.fromkeys(taken))


def branch_text(branch: Mapping[str, Any]) -> str:
    """One branch as blank-separated words. Of two owners' shapes the looser one, listed last, counts."""
    shape = branch["shape"]
    parts = [
        branch.get("first") or "-",
        branch.get("last") or "-",
        shape[-1] if isinstance(shape, list) else shape,
        flag_list(branch["flags"]),
        words(branch["modules"]),
        words(branch["module_ids"]),
    ]
    if branch.get("handler_check"):
        parts.append("check:" + words(branch["handler_check"]))
    if branch.get("effective_shape"):
        parts.append("as:" + branch["effective_shape"])
    if branch.get("tombstone"):
        parts.append("tombstone")
    if branch.get("add_on"):
        parts.append("addon:" + branch["add_on"].replace(" ", "-"))
    if branch.get("build_condition"):
        parts.append("when:" + words(c.replace(" ", "") for c in branch["build_condition"]))
    for change in branch.get("changes", ()):
        (old, new), (before, after) = change["shape"], change["flags"]
        parts.append(f"change:{change['version']}:{old}/{words(before)}>{new}/{words(after)}")
    return " ".join(parts)


def handler_text(source: Mapping[str, Any]) -> str:
    """What was read in a handler's source, as `key:a,b` words."""
    return " ".join(
        f"{key}:{words(value) if isinstance(value, list) else str(value).replace(' ', '_')}"
        for key, value in source.items()
    )


def verdict_in(entry: Mapping[str, Any], place: str) -> str:
    """The letter for a place; what fails for another reason there but works elsewhere is refused there."""
    places = entry["observed_contexts"]
    if places[place] == "other" and "ok" in places.values() and entry["name"] not in VALUE_DECIDES:
        return "r"
    return VERDICTS[places[place]]


def observed(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The fields measured on a running 2.4.71."""
    places = entry.get("observed_contexts")
    if places:
        verdicts = {place: verdict_in(entry, place) for place in PLACES}
        yield "seen", "".join(verdicts.values())
    counts = entry.get("observed_arg_counts")
    if counts:
        yield "counts", "".join(COUNTS[counts[str(n)]] for n in range(6))
    if entry.get("observed_htaccess_needs"):
        yield "htaccess", " ".join(entry["observed_htaccess_needs"])
    for place, message in sorted((entry.get("observed_messages") or {}).items()):
        if places and verdicts.get(place) == "r":
            yield f"refusal.{place}", message
    keywords = entry.get("observed_keywords")
    if keywords:
        yield "accepts", " ".join(keywords["accepted"])
        yield "rejects", " ".join(keywords["rejected"])


def documented(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The fields of the reference and of the sources."""
    yield "status", entry.get("status") or ""
    yield "since", entry.get("introduced_in") or ""
    yield "removed", entry.get("removed_in") or ""
    yield "override", entry.get("override") or ""
    yield "words", " ".join(entry.get("keywords") or ())
    yield "handler", handler_text(entry.get("keywords_source") or {})
    gone = entry.get("deprecated")
    if gone:
        yield "deprecated", f"{gone['in']} {gone['effect']} {words(gone['replaced_by'])}"
        if entry["kind"] == "directive":
            yield "successor", " || ".join(SUCCESSORS.get(entry["name"], ()))
    for key in ("syntax", "default", "notes"):
        yield key, " || ".join(" ".join(text.split()) for text in entry.get(key) or ())


def package_name(entry: Mapping[str, Any]) -> str:
    """The package of a third-party module; the module's own name when nobody packages it."""
    return str(entry["package"] or entry["modules"][0])


def fields(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """All fields of a row, in order, empty ones included."""
    if entry["third_party"]:
        yield "package", f"{package_name(entry)} {entry['package_version']}"
        yield "shape", entry["args"]["shape"]
        yield "flags", flag_list(entry.get("req_override", ()))
        yield "modules", words(entry["modules"])
        yield "ids", words(entry["module_ids"])
        return
    for branch in BRANCHES:
        if branch in entry["branches"]:
            yield branch, branch_text(entry["branches"][branch])
    yield from observed(entry)
    yield from documented(entry)


def row(entry: Mapping[str, Any]) -> str:
    """One line of `directives.txt`."""
    cells = [entry["name"], entry["kind"]]
    cells += [f"{key}={value}" for key, value in fields(entry) if value]
    if any(mark in cell for cell in cells for mark in "\t\n"):
        raise ValueError(f"a separator inside a value of {entry['name']}")
    return "\t".join(cells)


def module_rows(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Lines `name identifier branches|package` for every module that owns a directive."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        owners = (
            [(entry, package_name(entry))]
            if entry["third_party"]
            else [(branch, name) for name, branch in entry["branches"].items()]
        )
        for facts, where in owners:
            for name, identifier in zip(facts["modules"], facts["module_ids"], strict=False):
                seen = found.setdefault((name, identifier), [])
                if where not in seen:
                    seen.append(where)
    return [
        f"{name}\t{identifier}\t{' '.join(sorted(where, key=lambda w: (w == 'trunk', w)))}"
        for (name, identifier), where in sorted(found.items())
    ]


def main(source: str) -> None:
    """Write both files beside this folder."""
    entries = json.loads(Path(source).read_text(encoding="utf-8"))["directives"]
    entries.sort(key=lambda e: (e["name"].lower(), e["third_party"], e["kind"], e.get("package", "")))
    grammar = Path(__file__).resolve().parent.parent
    rows = HEADER + "\n".join(row(entry) for entry in entries) + "\n"
    (grammar / "directives.txt").write_text(rows, encoding="utf-8", newline="\n")
    head = "# Modules that own directives: source name, identifier, branches or package.\n"
    head += "# Made by grammar/convert/directives.py; do not edit.\n"
    (grammar / "modules.txt").write_text(head + "\n".join(module_rows(entries)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
