"""One configuration to try: lines of the main server, and hosts on a few ports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases.txt"


class Host(NamedTuple):
    """One virtual host: its name, the places of its ports in the case's list, its keys, its lines.

    `keys` are words such as `rsa` and `ec`, each the name of a file with certificate and key; `off`
    stands for SSLEngine off, `bare` for neither SSLEngine nor certificates, `any` for every address
    of the machine. A host named `-` is none: its port is left to the main server.
    """

    name: str
    ports: tuple[int, ...]
    keys: tuple[str, ...]
    lines: str

    def text(self, ports: Sequence[int]) -> str:
        """The section, at some ports of 127.0.0.1."""
        if self.name == "-":
            return ""
        where = " ".join(f"{'*' if 'any' in self.keys else '127.0.0.1'}:{ports[place]}" for place in self.ports)
        engine = "" if "bare" in self.keys else f"SSLEngine {'off' if 'off' in self.keys else 'on'}\n"
        names = [key for key in self.keys if key not in ("off", "bare", "any")]
        files = "".join(f"SSLCertificateFile {{root}}/{name}.pem\n" for name in names)
        return f"<VirtualHost {where}>\nServerName {self.name}.example\n{engine}{files}{self.lines}</VirtualHost>\n"


class Case(NamedTuple):
    """A configuration with a name of its own."""

    name: str
    main: str
    hosts: tuple[Host, ...]

    @property
    def port_count(self) -> int:
        """How many ports it needs."""
        return 1 + max(place for host in self.hosts for place in host.ports)

    def text(self, ports: Sequence[int]) -> str:
        """The configuration."""
        listen = "".join(f"Listen 127.0.0.1:{port}\n" for port in ports)
        return listen + self.main + "".join(host.text(ports) for host in self.hosts)


def written_cases() -> list[Case]:
    """The cases of cases.txt: `=== name`, lines of the main server, `[host ports keys]`, lines of the host …"""
    text = "".join(line for line in CASES.read_text().splitlines(keepends=True) if not line.startswith("#"))
    return [_case(part) for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]]


def _case(text: str) -> Case:
    name, _, rest = text.partition("\n")
    main, *hosts = re.split(r"^\[(.*)\]\n", rest, flags=re.MULTILINE)
    return Case(name.strip(), main.strip("\n") + "\n", tuple(_hosts(hosts)))


def _hosts(parts: Sequence[str]) -> Iterator[Host]:
    for header, lines in zip(parts[::2], parts[1::2], strict=True):
        name, ports, *keys = header.split()
        yield Host(name, tuple(map(int, ports.split(","))), tuple(keys), lines.strip("\n") + "\n")
