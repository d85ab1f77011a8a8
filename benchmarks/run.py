"""Measure sslint as ratios within one run.

    python benchmarks/run.py [--lines 100000] [--runs 5] [--peers]

Every figure is CPU time, the least of interleaved runs with the collector off, beside the limit of
pure Python on the same text: one compiled regular expression over it that yields names, arguments
and spans. `--peers` adds whole-process times of `apache2 -t`, and of a2conf and apacheconfig where
they are installed (`pip install a2conf apacheconfig`).
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import configuration

from sslint.accept import check as accept
from sslint.analysis import analyse
from sslint.configuration import expand, walk
from sslint.files import MemoryFiles
from sslint.knowledge.targets import preset
from sslint.server import build
from sslint.settings import Settings
from sslint.syntax import parse

_LIMIT = re.compile(r"[ \t]*(?:(\S+)[ \t]*([^\n]*))?\n")
MAIN = "/etc/httpd/httpd.conf"
TARGET = preset("upstream")


def limit(text: str) -> object:
    """What pure Python can do at best: every line's name, arguments and span."""
    return [(match.group(1), match.group(2), match.start(), match.end()) for match in _LIMIT.finditer(text)]


def read(text: str) -> object:
    """Text to directives, with provenance."""
    return expand(MAIN, MemoryFiles({MAIN: text}), TARGET)


def arguments(text: str) -> object:
    """Text to directives with their arguments split."""
    found = expand(MAIN, MemoryFiles({MAIN: text}), TARGET)
    return [item.values for item in walk(found.children)]


def accepted(text: str) -> object:
    """Text to all that the server would say of it."""
    return accept(expand(MAIN, MemoryFiles({MAIN: text}), TARGET))


def modelled(text: str) -> object:
    """Text to the server model."""
    return build(expand(MAIN, MemoryFiles({MAIN: text}), TARGET))


def checked(text: str) -> object:
    """The whole check with all default rules, after start-up."""
    return analyse(MemoryFiles({MAIN: text}), [MAIN], Settings())


STAGES: dict[str, Callable[[str], object]] = {
    "limit": limit,
    "structure": parse,
    "expansion": read,
    "expansion, arguments split": arguments,
    "expansion, accepted": accepted,
    "expansion, server model": modelled,
    "whole check": checked,
}


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds of one call, the collector off and its garbage outside."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    kept = work()
    spent = time.process_time() - start
    gc.enable()
    del kept
    return spent


def stages(text: str, runs: int) -> dict[str, float]:
    """The least CPU time of each stage over interleaved runs."""
    best = dict.fromkeys(STAGES, float("inf"))
    for stage in STAGES.values():
        stage(text[: len(text) // 50])
    for _ in range(runs):
        for name, stage in STAGES.items():
            best[name] = min(best[name], cpu(lambda stage=stage: stage(text)))  # type: ignore[misc]
    return best


def memory(work: Callable[[], object]) -> int:
    """The bytes that a result holds."""
    gc.collect()
    tracemalloc.start()
    kept = work()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return held


PATHOLOGICAL = {
    "1 MB line": "A " + "x" * 1_000_000 + "\n",
    "170,000 words": "A " + "word " * 170_000 + "\n",
    "5,000 nested": "<A>\n" * 5_000 + "</A>\n" * 5_000,
    "200,000 comments": "# comment\n" * 200_000,
    "100,000 continuations": "A " + "b \\\n" * 100_000 + "\n",
    "20,000 unclosed": "<Directory /x>\n" * 20_000,
    "unclosed quote, 1 MB": 'A "' + "x y" * 333_333 + "\n",
}


def processes(commands: dict[str, list[str]], runs: int) -> dict[str, float]:
    """The least CPU seconds of whole processes."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(runs):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best[name] = min(best[name], spent)
    return best


def _print_stages(lines: int, runs: int) -> None:
    text = configuration(lines)
    count = text.count("\n")
    best = stages(text, runs)
    print(f"{count:,} lines, {len(text):,} characters; x = multiple of the limit")
    for name, spent in best.items():
        print(f"  {name:28} {spent / count * 1e6:7.2f} µs/line  {spent / best['limit']:6.2f} x")
    print(f"  {'memory: structure':28} {memory(lambda: parse(text)) / count:7.0f} bytes/line")
    print(f"  {'memory: expansion':28} {memory(lambda: read(text)) / count:7.0f} bytes/line")
    small, large = stages(configuration(lines // 10), runs), best
    for name in STAGES:
        print(f"  {name + ': 10 x the input':38} {large[name] / small[name]:6.1f} x the time")


def _print_pathological() -> None:
    for name, text in PATHOLOGICAL.items():
        spent = cpu(lambda text=text: accepted(text))  # type: ignore[misc]
        tracemalloc.start()
        accepted(text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"  {name:28} {spent:7.2f} s  {peak / len(text):6.1f} bytes per input byte")


def _print_processes(lines: int, runs: int, peers: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small", "site.conf"), Path(folder, "large", "httpd.conf")
        small.parent.mkdir()
        large.parent.mkdir()
        small.write_text(configuration(1))
        large.write_text(configuration(lines))
        python = sys.executable
        commands = {
            "bare interpreter": [python, "-c", "pass"],
            "sslint --version": [python, "-m", "sslint", "--version"],
            "sslint check, small file": [python, "-m", "sslint", "check", "--isolated", str(small)],
            f"sslint check, {lines:,} lines": [python, "-m", "sslint", "check", "--isolated", str(large)],
        }
        if peers:
            commands |= _peers(large)
        best = processes(commands, runs)
    for name, spent in best.items():
        print(f"  {name:34} {spent * 1000:8.0f} ms  {spent / best['bare interpreter']:6.1f} x bare")


def _peers(path: Path) -> dict[str, list[str]]:
    python = sys.executable
    found = {
        "a2conf parse": [python, "-c", f"import a2conf; a2conf.Node({str(path)!r})"],
        "apacheconfig parse": [
            python,
            "-c",
            f"import apacheconfig\nwith apacheconfig.make_loader() as loader:\n    loader.load({str(path)!r})",
        ],
    }
    server = shutil.which("apache2") or shutil.which("httpd")
    if server:
        found["apache2 -t"] = [server, "-t", "-d", str(path.parent), "-f", str(path)]
    return found


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=100_000, help="size of the generated configuration")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement; the least counts")
    parser.add_argument("--peers", action="store_true", help="measure other programs, too")
    options = parser.parse_args()
    print("Stages")
    _print_stages(options.lines, options.runs)
    print("Pathological files")
    _print_pathological()
    print("Whole processes")
    _print_processes(options.lines, options.runs, options.peers)


if __name__ == "__main__":
    main()
