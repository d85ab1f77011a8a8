"""The data files of `grammar/`, which ship as the package `sslint.grammar`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast


class _Loader(Protocol):
    def get_data(self, path: str) -> bytes: ...


def read(name: str) -> str:
    """The text of a data file, named by its path below `grammar/`.

    The package's own loader reads it, from a folder or a zip file: `importlib.resources` does the
    same, at a cost in start-up time as large as that of reading a small configuration.
    Raises OSError when there is no such file.
    """
    package = import_module("sslint.grammar")
    spec = package.__spec__
    assert spec is not None, "an imported package has a spec"
    loader = cast("_Loader", spec.loader)
    return loader.get_data(f"{package.__path__[0]}/{name}").decode("utf-8")
