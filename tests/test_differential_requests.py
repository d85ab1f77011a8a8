"""What a request is answered: the model's prediction against a running httpd, by plain HTTP and by TLS."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking.case import Case, written_cases
from asking.generate import generated, generated_routes
from asking.live import HTTPD, MODULES, OPENSSL, Running, ask, foretell, serving, ways

pytestmark = pytest.mark.skipif(
    not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no httpd with its modules, or no openssl here"
)
CASES = written_cases() if HTTPD else []
SAMPLE = [*generated(25, 2026), *generated_routes(25, 2026)]
"""A few of those that a search for differences makes by the hundred, with other seeds."""


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """One server with all cases."""
    root = Path(tempfile.mkdtemp(prefix="sslint-"))
    root.chmod(0o755)
    try:
        with serving(root, [*CASES, *SAMPLE]) as found:
            yield found
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_status_is_that_of_httpd(case: Case, running: Running) -> None:
    _compare(case, running)


def test_the_status_of_generated_cases_is_that_of_httpd(running: Running) -> None:
    for case in SAMPLE:
        _compare(case, running)


def _compare(case: Case, running: Running) -> None:
    real: dict[str, int | None] = {}
    predicted: dict[str, int | None] = {}
    for question in case.questions:
        for tls in ways(question):
            title = f"{question.title} by {'TLS' if tls else 'plain HTTP'}"
            real[title] = ask(running, case, question, tls)
            answer = foretell(running, case, question, tls)
            predicted[title] = answer.status
            assert answer.status is not None or answer.by in ("handshake", "connection"), (title, answer.why)
    assert predicted == real, case.text
