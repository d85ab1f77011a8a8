"""Fixes over a sample of real configurations; `python tests/fixing.py` takes all of them."""

from __future__ import annotations

from pathlib import Path

import config_test
import corpus
import fixing
import pytest


@pytest.mark.skipif(not corpus.entries(), reason="the shared corpus is not beside the project")
def test_fixes_mend_and_break_nothing(tmp_path: Path) -> None:
    prelude = config_test.prelude(tmp_path) if config_test.HERE else None
    faults = []
    count = 0
    for case in fixing.cases(step=30):
        outcome, after = fixing.tried(case)
        said = fixing.worse(case, after, prelude) if prelude else ""
        if outcome.word not in ("gone", "refused") or said:
            faults.append(f"{case.name} {case.code} {outcome.word}: {outcome.detail} {said}")
        count += 1
    assert not faults, "\n".join(faults)
    assert count > 10
