"""What rules claim is what a running httpd does: their examples, requests to them, and what must be seen."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking.live import HTTPD, MODULES, OPENSSL
from proving.case import Claim, written_claims
from proving.client import faults
from proving.generate import FILES, MAIN, differences, generated, text
from proving.live import Backends, folder, lay_out, served, serving

from sslint.diagnostic import Severity
from sslint.proof import bad_faults, good_faults
from sslint.registry import load
from sslint.trial import Trial

live = pytest.mark.skipif(not (HTTPD and OPENSSL and MODULES.is_dir()), reason="no httpd with its modules here")
REGISTRY = load()
RULES = {rule.slug: rule for rule in REGISTRY.rules}
CLAIMS = written_claims()
UNSEEN = {
    "of what sslint could not read, or of its own comments": (
        "unreadable-include budget-exceeded trailing-suppression"
    ),
    "clients decide; the certificate itself is read in test_certificates": (
        "cert-expired cert-not-yet-valid cert-name-mismatch cert-missing-san cert-not-for-servers must-staple-unmet"
    ),
    "an offer to clients, met by handshake in test_differential_offer": (
        "weak-cipher-suite dh-params-weak insecure-renegotiation tls-compression"
    ),
    "of older releases alone": "rewrite-request-splitting ssl-engine-shared",
    "who may read a file here is not who may there": "key-world-readable",
    "a list of revoked certificates would have to be signed first": "crl-without-check",
    "members are other machines": "balancer-without-members",
    "an authority is asked for certificates": "managed-domain-overlap md-must-staple-refused",
}
"""Error rules whose claim is not seen here, by the reason."""


@pytest.fixture(scope="module")
def backends() -> Iterator[Backends]:
    with Backends().listening() as listening:
        yield listening


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder with a short name, that any user may enter."""
    with tempfile.TemporaryDirectory(prefix="sslint-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_every_error_is_seen_or_it_is_said_why_not() -> None:
    """Rules whose Bad examples the config test refuses are asked by test_examples."""
    seen = {claim.slug for claim in CLAIMS if claim.bad}
    unseen = {slug for slugs in UNSEEN.values() for slug in slugs.split()}
    errors = {rule.slug for rule in REGISTRY.rules if rule.severity is Severity.ERROR and rule.default}
    assert errors - {rule.slug for rule in REGISTRY.rules if rule.rejected} - seen == unseen


@live
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_the_server_does_what_the_rule_says(claim: Claim, backends: Backends, base: Path) -> None:
    trial = Trial(RULES[claim.slug], claim.example(RULES[claim.slug]), REGISTRY)
    if claim.own:
        assert not list((bad_faults if claim.bad else good_faults)(trial))
    with folder(base / "s", backends) as place, served(place, claim, trial) as running:
        said = claim.said if "fails" in claim.said else ("starts", *claim.said)
        found = [f"not {word}: {running.log()}" for word in said if not running.says(word)]
        found += [fault for ask in claim.asks for fault in faults(running, backends, ask)]
    assert not found, "\n".join(found)


@live
def test_rules_and_the_server_agree_on_generated_hosts(backends: Backends, base: Path) -> None:
    """A few of those that a search for differences makes by the hundred, with other seeds."""
    hosts = list(generated(int(os.environ.get("SSLINT_CLAIMS", "30")), int(os.environ.get("SSLINT_SEED", "2026"))))
    whole, owner = text(hosts)
    with folder(base / "s", backends) as place:
        lay_out(place, {MAIN: whole}, FILES)
        with serving(place, MAIN, prelude=True) as running:
            assert running.starts, running.log()
            found = list(differences(hosts, running, backends, whole, owner))
    assert not found, "\n\n".join("\n".join([one.what, *one.host.lines]) for one in found)
