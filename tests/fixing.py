"""Puts fixes on trial over configurations that nobody wrote for them: `python tests/fixing.py` takes the whole corpus,
the fixtures and the rules' Bad examples, `python tests/fixing.py 8 rhel-7` every eighth of them, read for RHEL 7.

For every rule that offers a fix somewhere: the fix makes the finding go, brings none, leaves nothing to a second run,
and a configuration that the real server takes is one that it takes afterwards. Fragments of the corpus are tried
alone and as part of a small server; the examples by all rules, not only by the one that they were written for.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import config_test
import corpus

from sslint.analysis import analyse
from sslint.diagnostic import Safety
from sslint.examples import read
from sslint.files import MemoryFiles
from sslint.fixer import Fixed, fix
from sslint.registry import load
from sslint.report import Report
from sslint.settings import Reading, RootSettings, Settings
from sslint.text import encode
from sslint.trial import Trial

FIXTURES = Path(__file__).parent.parent / "fixtures"
SERVER = f"{corpus.MOUNT}/apache2.conf"
AROUND = """ServerRoot {mount}
ServerName main.example.net
Listen 80
Listen 443
DocumentRoot /var/www/html
ServerTokens Prod
TraceEnable Off
Timeout 10
LimitRequestLine 512
LimitRequestFieldSize 1024
LimitRequestBody 102400
<Directory />
    Require all denied
</Directory>
<Directory /var/www>
    Require all granted
</Directory>
Include {fragment}
"""
"""A server in which nothing is to be mended but the fragment."""
MOST_EXAMPLES = 25
"""Of so many other rules' examples a rule's fix is tried."""
REGISTRY = load()
APPLIED = (Safety.SAFE, Safety.UNSAFE)
Texts = Mapping[str, bytes]


class Case(NamedTuple):
    """One configuration in which one rule offers fixes."""

    name: str
    main: str
    files: Texts
    settings: Settings
    code: str


class Outcome(NamedTuple):
    """What became of a case: a word, and what there is to see of it."""

    word: str
    detail: str = ""


def cases(step: int = 1, target: str = "debian-12") -> Iterator[Case]:
    """Everything there is to try, or every so-many-th part; corpus and fixtures are read for a distribution."""
    yield from of_corpus(step, target)
    yield from of_fixtures(target)
    yield from of_examples(step)


def of_corpus(step: int, target: str) -> Iterator[Case]:
    """The corpus as it is, and its fragments in a server of their own."""
    for entry in corpus.entries()[::step]:
        main, files = corpus.files(entry)
        role = corpus.role(entry)
        if entry["verdict"] is None:
            continue
        modules = "stock" if entry["verdict"]["profile"] == "stock" else "all"
        reading = Reading(target=target, modules=(modules,), defines=tuple(entry.get("defines") or ()))
        roots = (RootSettings(main),) if role == "main" else ()
        yield from found(entry["id"], main, files, Settings(roots=roots, reading=reading))
        if role == "fragment" and SERVER not in files:
            around = AROUND.format(mount=corpus.MOUNT, fragment=main).encode()
            settings = Settings(roots=(RootSettings(SERVER),), reading=reading)
            yield from found(f"{entry['id']} in a server", SERVER, {**files, SERVER: around}, settings)


def of_fixtures(target: str) -> Iterator[Case]:
    """The fixtures' servers."""
    for main in FIXTURES.glob("*/httpd.conf"):
        files = {str(path): path.read_bytes() for path in main.parent.rglob("*.conf")}
        mapped = ((path, str(main.parent)) for path in ("/etc/httpd", "/usr/local/apache2/conf"))
        settings = Settings(roots=(RootSettings(str(main)),), reading=Reading(target=target, map=tuple(mapped)))
        yield from found(main.parent.name, str(main), files, settings)


def of_examples(step: int) -> Iterator[Case]:
    """The rules' Bad examples, by whatever rules find something there."""
    tries = Counter[str]()
    examples = [(rule, example) for rule in REGISTRY.rules for example in read(rule.doc).bad]
    for rule, example in examples[::step]:
        if not example.headers.keys().isdisjoint(("outside", "unreadable", "modes", "profile")):
            continue
        trial = Trial(rule, example, REGISTRY)
        files = {**{path: encode(text) for path, text in example.files.items()}, **trial.pem()}
        for case in found(f"{rule.slug}: {example.title}", example.main, files, trial.settings(alone=False)):
            tries[case.code] += 1
            if case.code == rule.code or tries[case.code] <= max(1, MOST_EXAMPLES // step):
                yield case


def found(name: str, main: str, files: Texts, settings: Settings) -> Iterator[Case]:
    """One case for every rule that offers fixes in a configuration."""
    report = analyse(MemoryFiles(files), [main], settings.replace(select=("ALL",)), registry=REGISTRY)
    for code in sorted({one.code for one in report.diagnostics if one.fix and one.fix.safety in APPLIED}):
        yield Case(name, main, files, settings.replace(extend_select=(code,), fixable=(code,)), code)


def tried(case: Case) -> tuple[Outcome, Texts]:
    """One case put on trial, and its files afterwards."""
    before = analyse(MemoryFiles(case.files), [case.main], case.settings, registry=REGISTRY)
    fixed = fix(MemoryFiles(case.files), [case.main], case.settings, APPLIED, registry=REGISTRY)
    after = {**case.files, **{path: encode(new) for path, (_, new) in fixed.texts.items()}}
    return _judged(case, before, fixed, after), after


def _judged(case: Case, before: Report, fixed: Fixed, after: Texts) -> Outcome:
    if not fixed.texts:
        return Outcome("refused", f"{fixed.refused} refused") if fixed.refused else Outcome("left", "nothing applied")
    left = [one for one in fixed.report.diagnostics if one.code == case.code and one.fix and one.fix.safety in APPLIED]
    if len(left) > fixed.refused:
        return Outcome("left", left[0].message)
    old = [one.message for one in before.diagnostics if one.code == case.code]
    had, has = len(old), sum(one.code == case.code and one.message in old for one in fixed.report.diagnostics)
    if has > max(0, had - fixed.total):
        return Outcome("stays", f"{had} findings, {fixed.total} fixed, {has} left")
    known = Counter(one.code for one in before.diagnostics)
    new = Counter(one.code for one in fixed.report.diagnostics) - known
    if new:
        sample = next(one for one in fixed.report.diagnostics if one.code in new)
        return Outcome("new", f"{sample.slug}: {sample.message}")
    again = fix(MemoryFiles(after), [case.main], case.settings, APPLIED, registry=REGISTRY)
    if again.texts:
        return Outcome("again", "a second run changes more")
    return Outcome("gone")


def worse(case: Case, after: Texts, prelude: Path) -> str:
    """What the real server says against the fixed files, if it has nothing against the others."""
    flags = [word for name in case.settings.reading.defines for word in ("-D", name)]
    with tempfile.TemporaryDirectory() as folder:
        if config_test.refusal(case.main, case.files, Path(folder) / "before", prelude, flags):
            return ""
        return config_test.refusal(case.main, after, Path(folder) / "after", prelude, flags)


def main() -> int:
    """The whole corpus, with counts by rule."""
    counts: dict[str, Counter[str]] = {}
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        prelude = config_test.prelude(Path(folder)) if config_test.HERE else None
        for case in cases(int((sys.argv[1:] or ["1"])[0]), (sys.argv[2:] or ["debian-12"])[0]):
            outcome, after = tried(case)
            if outcome.word == "gone" and prelude and (said := worse(case, after, prelude)):
                outcome = Outcome("worse", said)
            slug = REGISTRY.get(case.code).slug
            counts.setdefault(slug, Counter())[outcome.word] += 1
            faults += outcome.word not in ("gone", "refused")
            if outcome.word != "gone":
                print(f"{case.name} {slug} {outcome.word}: {outcome.detail}", flush=True)
    for slug, words in sorted(counts.items()):
        print(f"{slug:36} {', '.join(f'{word} {count}' for word, count in sorted(words.items()))}")
    total = sum(counts.values(), Counter())
    print(f"{'all':36} {', '.join(f'{word} {count}' for word, count in sorted(total.items()))}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
