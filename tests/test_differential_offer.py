"""The predicted offer against real handshakes: versions, suites, order, groups, DH sizes, tickets, certificates asked.

A sample runs by default. SSLINT_HANDSHAKES=400 tries all written configurations, 400 generated ones, and a whole
handshake with every suite.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from handshakes import complete
from handshakes.case import Case, written_cases
from handshakes.compare import try_case
from handshakes.daemon import HTTPD, MODULES, OPENSSL, is_debian_12, make_certificates
from handshakes.generate import generated

WRITTEN, GENERATED = 18, 8
WHOLE = ("all at level 0", "keys and key exchange", "client certificates by name")


pytestmark = [
    pytest.mark.skipif(not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no httpd with its modules here"),
    pytest.mark.skipif(not is_debian_12(), reason="the predictions are for Debian 12's OpenSSL"),
]


def _cases() -> list[Case]:
    """What to try: a sample, the same each time, or everything."""
    wanted = os.environ.get("SSLINT_HANDSHAKES", "")
    if wanted.isdigit():
        return written_cases() + generated(range(int(wanted)))
    return random.Random(1).sample(written_cases(), WRITTEN) + generated(range(GENERATED))


ALL = bool(os.environ.get("SSLINT_HANDSHAKES"))
CASES = {case.name: case for case in _cases()}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    pytest.importorskip("cryptography", reason="certificates are not read without it")
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    make_certificates(root)
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.mark.parametrize("name", CASES)
def test_hosts_offer_what_is_predicted(name: str, folder: Path) -> None:
    result = try_case(CASES[name], folder, whole=ALL and complete.AVAILABLE)
    assert not result.differences, "\n".join([CASES[name].text(range(100)), *result.differences])


@pytest.mark.skipif(not complete.AVAILABLE, reason="no nassl for this Python")
@pytest.mark.parametrize("name", WHOLE)
def test_whole_handshakes_end_with_the_suites_that_were_found(name: str, folder: Path) -> None:
    case = next(case for case in written_cases() if case.name == name)
    assert not try_case(case, folder, whole=True).differences
