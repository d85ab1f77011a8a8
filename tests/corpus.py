"""The shared corpus of real configurations, where it lies beside the project."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sslint.configuration import Configuration, expand
from sslint.files import MemoryFiles
from sslint.knowledge.modules import STOCK, modules
from sslint.knowledge.targets import Target, preset

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
MOUNT = "/etc/apache2"

Entry = Mapping[str, Any]


def entries() -> list[Entry]:
    """The index; empty where there is no corpus."""
    index = CORPUS / "index.jsonl"
    if not index.exists():
        return []
    return [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]


def texts() -> Iterator[Path]:
    """Every file of the corpus."""
    for folder, _, names in os.walk(CORPUS):
        for name in names:
            yield Path(folder, name)


@lru_cache(maxsize=2)
def target(profile: str) -> Target:
    """The oracle's server: Debian with every packaged module, or third parties' as well."""
    loaded = STOCK | {"mpm_event_module"}
    if profile == "full":
        others = {module.identifier for module in modules() if not module.is_httpds}
        loaded = STOCK | {"mpm_prefork_module"} | others
    return preset("debian-12").replace(assumed_modules=frozenset(loaded))


def files(entry: Entry) -> tuple[str, dict[str, bytes]]:
    """The main file's path and all files, as on the machine that they come from."""
    base = CORPUS / entry["path"]
    if entry["role"] != "tree":
        name = base.name.partition("-")[2] or base.name
        path = f"{MOUNT}/{name}"
        return path, {path: base.read_bytes()}
    mount = entry["mount"]
    found = {posixpath.join(mount, path.relative_to(base).as_posix()): path.read_bytes() for path in _files(base)}
    links = list(entry.get("links") or [])
    for _ in range(3):  # Links may lead to links.
        links = [link for link in links if not _link(found, mount, *link)]
    return posixpath.join(mount, entry["main"]), found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _link(found: dict[str, bytes], mount: str, name: str, aim: str) -> bool:
    link = posixpath.join(mount, name)
    real = posixpath.normpath(posixpath.join(posixpath.dirname(link), aim))
    below = {path: data for path, data in found.items() if path == real or path.startswith(real + "/")}
    found.update({link + path[len(real) :]: data for path, data in below.items()})
    return bool(below)


def role(entry: Entry) -> str:
    """The file's role in our words."""
    if entry["role"] in ("main", "tree"):
        return "main"
    return "htaccess" if entry["role"] == "htaccess" else "fragment"


def read(entry: Entry) -> Configuration:
    """The entry's configuration, read for the server that judged it."""
    main, found = files(entry)
    verdict = entry["verdict"]
    return expand(
        main,
        MemoryFiles(found),
        target(verdict["profile"]),
        role=role(entry),  # type: ignore[arg-type]
        defines=entry.get("defines") or (),
        modules_certain=True,
        flags_certain=True,
    )
