"""Make the tables of `grammar/openssl/` from what real OpenSSL libraries answered.

    python grammar/convert/openssl.py ../shared/data/openssl

Writes one `table.NAME.txt` for each build that behaves differently, `index.txt` and `lists.txt`;
`words.txt` beside them is kept by hand. The output is deterministic. Each file's head describes
its format; `sslint.openssl.tables`, `.tls13` and `.groups` read them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
HERE = Path(__file__).resolve().parent.parent / "openssl"

MADE = "# Made by grammar/convert/openssl.py from the answers of real libraries; do not edit.\n#\n"
TABLE_HEAD = f"""{MADE}\
# The cipher suites of one build of libssl, in the order in which a cipher string starts out.
# First line: words TAB the keywords that it recognises (see words.txt).
# Then: name TAB iana TAB hex TAB protocol TAB kx TAB au TAB enc TAB mac
#       TAB strength_bits TAB alg_bits TAB classes TAB flags
#   protocol  the one that introduced the suite;  @SSLv2 after a name tells SSLv2's suite from its namesake
#   flags     export;  complement: in COMPLEMENTOFDEFAULT by its own flag;  - is an empty list
"""
INDEX_HEAD = f"""{MADE}\
# Builds of OpenSSL. The first of a series stands for it: upstream's default options, or nearest to them.
# name TAB series TAB table TAB security level TAB traits TAB default string TAB version TAB where it was measured
#   traits  system-profile: PROFILE=SYSTEM at the start is the system's list (Red Hat's patch)
"""
LISTS_HEAD = f"""{MADE}\
# What SSL_CTX_set_ciphersuites and SSL_CTX_set1_groups_list take, by series.
# suite TAB name TAB hex TAB enc TAB strength_bits TAB series ...     a TLS 1.3 suite
# group TAB name TAB series ...        a name that is accepted alone; !BUILD: not in that build of the series
# offer TAB series TAB group ...       the default groups, in the order that the library sends as a client
# Measured, but for curves of a kind of which one was measured (sect*, secp*, NIST names): those follow it.
"""

DEFAULTS = {
    "0.9.8e-rhel5": "AES:ALL:!aNULL:!eNULL:+RC4:@STRENGTH",
    "1.0.1e": "ALL:!aNULL:!eNULL:!SSLv2",
    "1.0.2e-full": "ALL:!EXPORT:!aNULL:!eNULL:!SSLv2",
    "1.0.2k-rhel7": "ALL:!aNULL:!eNULL:!SSLv2:!EXPORT:!LOW",
}
"""Of builds that differ from their series; tests compare them with what DEFAULT expanded to."""

REGISTRIES = {"pip": "PyPI", "npm": "npm"}

UNPROBED = "EXP-DHE-DSS-DES-CBC-SHA EXP-DHE-RSA-DES-CBC-SHA DHE-DSS-DES-CBC-SHA".split()
"""Aliases of 1.0.2 that were not tried; their sibling DHE-RSA-DES-CBC-SHA was."""

TLS13 = {
    "TLS_AES_128_GCM_SHA256": ("0x13,0x01", "AESGCM(128)", 128),
    "TLS_AES_256_GCM_SHA384": ("0x13,0x02", "AESGCM(256)", 256),
    "TLS_CHACHA20_POLY1305_SHA256": ("0x13,0x03", "CHACHA20/POLY1305(256)", 256),
    "TLS_AES_128_CCM_SHA256": ("0x13,0x04", "AESCCM(128)", 128),
    "TLS_AES_128_CCM_8_SHA256": ("0x13,0x05", "AESCCM8(128)", 64),
    "TLS_SHA256_SHA256": ("0xC0,0xB4", "None", 0),
    "TLS_SHA384_SHA384": ("0xC0,0xB5", "None", 0),
}
"""RFC 8446 B.4 and RFC 9150."""

STRONGER = {"TLS_AES_128_CCM_8_SHA256": (128, {"1.1.1", "3.0", "3.1"})}
"""Before 3.2 the short tag did not count (CHANGES of 3.2; met by handshake at level 2 in 3.0)."""

SIBLINGS = {
    "sect571r1": """sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283r1
        sect409k1 sect409r1 sect571k1 B-163 B-233 B-283 B-409 B-571 K-163 K-233 K-283 K-409 K-571""",
    "secp160r1": "secp160k1 secp160r2 secp192k1 prime192v1 P-192 secp224k1",
    "brainpoolP256r1tls13": "brainpoolP384r1tls13 brainpoolP512r1tls13",
}
"""nid_list[] in ssl/t1_lib.c and the NIST names of EC_curve_nist2nid."""

_NEWER = "X25519 P-256 X448 P-521 P-384"
_FFDHE = "ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192"
OFFERS = {
    "1.1.0": "X25519 P-256 P-521 P-384",
    "1.1.1": _NEWER,
    **dict.fromkeys(("3.0", "3.1", "3.2", "3.3", "3.4"), f"{_NEWER} {_FFDHE}"),
    "3.5": "X25519MLKEM768 X25519 P-256 X448 P-384 P-521 ffdhe2048 ffdhe3072",
    "4.0": "X25519MLKEM768 SecP256r1MLKEM768 curveSM2MLKEM768 X25519 P-256 X448 P-384 P-521 curveSM2 "
    "ffdhe2048 ffdhe3072",
}


def kx_of(suite: Json) -> str:
    """The key exchange; 0.9.8 prints static ECDH like the ephemeral one, its name tells."""
    if suite["kx"] == "ECDH" and suite["name"].startswith("ECDH-"):
        return f"ECDH/{suite['name'].split('-')[1]}"
    return str(suite["kx"])


def expansion(table: Json, word: str) -> list[str]:
    """What a keyword selected; nothing where the library reported an error."""
    found = table["keywords"][word]
    return found if isinstance(found, list) else []


def complement_variant(table: Json) -> str:
    """Which of its three meanings COMPLEMENTOFDEFAULT has in this build."""
    suites = {s["name"]: s for s in table["suites"]}
    chosen = [suites[name] for name in expansion(table, "COMPLEMENTOFDEFAULT")]
    release = table["profile"].split("-")[0]
    if release >= "1.1" or ("1.0.1s" <= release < "1.0.2") or ("1.0.2g" <= release < "1.1"):
        return "flag"
    return "anonymous" if all(s["au"] == "None" for s in chosen) else "mixed"


def known_words(table: Json, series: str, variant: str) -> list[str]:
    """The keywords proper, spelled as words.txt spells them."""
    names = {s["name"] for s in table["suites"]}
    folded = series >= "4.0"
    spellings = {line.split("\t")[0].split("/")[0] for line in words_file() if "1.1" in line.split("\t")[1]}
    words = [w for w in table["known_words"] if w not in names and (not folded or w in spellings)]
    if series == "1.0.2":
        words += [w for w in UNPROBED if w not in names]
    return [f"{w}/{variant}" if w == "COMPLEMENTOFDEFAULT" else w for w in words]


def words_file() -> Iterable[str]:
    """The rows of words.txt."""
    text = (HERE / "words.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def suite_row(suite: Json, flagged: set[str]) -> str:
    """One suite of a table."""
    flags = ["export"] * suite["export"] + ["complement"] * (suite["name"] in flagged)
    cells = [suite["name"], suite["iana"], suite["hex"], suite["protocol"], kx_of(suite)]
    cells += [suite[key] for key in ("au", "enc", "mac", "strength_bits", "alg_bits")]
    cells += [",".join(suite["classes"]) or "-", ",".join(flags) or "-"]
    return "\t".join(map(str, cells))


def table_text(table: Json, series: str) -> str:
    """The body of a table file."""
    variant = complement_variant(table)
    flagged = set(expansion(table, "COMPLEMENTOFDEFAULT")) if variant == "flag" else set()
    suites = {s["name"]: s for s in table["suites"]}
    rows = ["words\t" + " ".join(known_words(table, series, variant))]
    rows += [suite_row(suites[name], flagged) for name in table["rule_order"]]
    return "\n".join(rows) + "\n"


def origin(obtained: Json) -> str:
    """Where the library came from."""
    if obtained["client"] in REGISTRIES:
        return f"libssl in {obtained['package']} from {REGISTRIES[obtained['client']]}"
    return "Debian 12's libssl" if obtained["client"] == "system" else "upstream release with default options"


def index_row(table: Json, series: str, file: str, default: str) -> str:
    """One build of the index."""
    level = table["default_security_level"]
    traits = "system-profile" if expansion(table, "PROFILE=SYSTEM") else "-"
    cells = [
        table["profile"],
        series,
        file,
        "-" if level is None else str(level),
        traits,
        DEFAULTS.get(table["profile"], default),
        " ".join(table["version_string"].split()),
        origin(table["obtained"]),
    ]
    return "\t".join(cells)


def lists_text(lists: Json, series_of: Mapping[str, str], canonical: Iterable[str]) -> str:
    """The body of lists.txt."""
    rows = []
    first = set(canonical)
    answers = [(text.split(":"), builds) for found in lists["ciphersuites"].values() for text, builds in found.items()]
    for name, (code, enc, bits) in TLS13.items():
        taken = {b for names, builds in answers if name in names for b in builds}
        before, old = STRONGER.get(name, (bits, set()))
        stronger = {build for build in taken if series_of[build] in old}
        for strength, builds in (before, stronger), (bits, taken - stronger):
            if builds:
                rows.append("\t".join(["suite", name, code, enc, str(strength), places(builds, series_of, first)]))
    groups = {n: set(v["accepted"]) for n, v in lists["groups"].items() if v.get("accepted") and is_group(n)}
    for measured, names in SIBLINGS.items():
        groups.update(dict.fromkeys(names.split(), groups[measured]))
    groups["secp192r1"] = groups["secp256r1"] & groups["prime192v1"]  # IANA's names came with 3.0
    tried = {build: series_of[build] for build in lists["profiles"]}
    rows += ["\t".join(["group", name, places(taken, tried, first)]) for name, taken in groups.items()]
    rows += [f"offer\t{series}\t{names}" for series, names in OFFERS.items()]
    return "\n".join(rows) + "\n"


def places(taken: set[str], series_of: Mapping[str, str], canonical: set[str]) -> str:
    """The series of the builds that took it; `BUILD` or `!BUILD` for one that differs from its series."""
    series = {series_of[build] for build in taken if build in canonical}
    words = [s for s in dict.fromkeys(series_of.values()) if s in series]
    for build, home in series_of.items():
        if (build in taken) != (home in series):
            words.append(build if build in taken else f"!{build}")
    return " ".join(words)


def is_group(text: str) -> bool:
    """Whether a probed list is one plain name."""
    return text.replace("-", "").isalnum() and not text.startswith("-") and text != "DEFAULT"


def main(source: str, target: Path = HERE) -> None:
    """Write all files."""
    folder = Path(source)
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))["series"]
    files: dict[str, str] = {}
    rows: list[str] = []
    series_of: dict[str, str] = {}
    for series, facts in index.items():
        for name in (facts["canonical"], *facts["also"]):
            table = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            file = files.setdefault(table_text(table, series), f"table.{name}.txt")
            rows.append(index_row(table, series, file, facts["default_cipher_string"]))
            series_of[name] = series
    for body, file in files.items():
        write(target / file, TABLE_HEAD + body)
    write(target / "index.txt", INDEX_HEAD + "\n".join(rows) + "\n")
    lists = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    write(target / "lists.txt", LISTS_HEAD + lists_text(lists, series_of, (f["canonical"] for f in index.values())))


def write(path: Path, text: str) -> None:
    """Write one file with plain line ends."""
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
