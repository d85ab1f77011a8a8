"""Make grammar/clients.txt from a collection of ClientHello messages.

    python grammar/convert/clients.py ../shared/data/clients.json

The output is deterministic; its head describes the format. `sslint.tls.clients` reads it.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
HERE = Path(__file__).resolve().parent.parent
LIMITS = ("min_dh_bits", "max_dh_bits", "min_rsa_bits", "max_rsa_bits", "min_ecdsa_bits")

HEAD = """\
# TLS clients: what their ClientHello offers, and what they refuse.
# Made by grammar/convert/clients.py; do not edit.
# {attribution}
#
# source TAB letter TAB text: where the clients marked with the letter come from
# name TAB source TAB current TAB sni TAB lowest TAB highest TAB ciphers TAB groups TAB key shares TAB
#   signature algorithms TAB ALPN TAB flags TAB limits TAB services
#   current     yes: in the default set of its source;  sni: whether the hello names the host
#   lowest      and highest: versions that the client accepts
#   ciphers     IANA's numbers, hexadecimal, in the client's order, TLS 1.3's included, without signalling values
#   groups      and key shares: names in the client's order;  signature algorithms: IANA's numbers
#   limits      what the client enforces: min_dh_bits=1024 ...; sha2: it refuses certificates signed with SHA-1;
#               sslv2=...: it begins with a hello of SSLv2, with these suites
#   -           an empty list
"""


def main(path: str) -> None:
    """Write the file."""
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    clients = document["clients"]
    sources = {text: chr(ord("a") + number) for number, text in enumerate(dict.fromkeys(c["source"] for c in clients))}
    lines = [HEAD.format(attribution=_wrapped(document["attribution"])).rstrip("\n")]
    lines += [f"source\t{letter}\t{text}" for text, letter in sources.items()]
    lines += ["\t".join(_row(client, sources)) for client in clients]
    (HERE / "clients.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _wrapped(text: str) -> str:
    return "\n# ".join(textwrap.wrap(text[:1].upper() + text[1:] + ".", 112))


def _row(client: Json, sources: Mapping[str, str]) -> Iterator[str]:
    yield client["name"]
    yield sources[client["source"]]
    yield "yes" if client["current"] else "no"
    yield "sni" if client["sni"] else "no"
    yield client["lowest"]
    yield client["highest"]
    for key in ("ciphers", "groups", "key_shares", "sigalgs", "alpn", "flags"):
        yield " ".join(client.get(key, ())) or "-"
    yield " ".join(_limits(client)) or "-"
    yield " ".join(client["service"]) or "-"


def _limits(client: Json) -> Iterator[str]:
    for key in LIMITS:
        if key in client:
            yield f"{key}={client[key]}"
    if client.get("requires_sha2"):
        yield "sha2"
    if "sslv2_ciphers" in client:
        yield "sslv2=" + ",".join(code.replace("0x", "").replace(",", "") for code in client["sslv2_ciphers"])


if __name__ == "__main__":
    main(sys.argv[1])
