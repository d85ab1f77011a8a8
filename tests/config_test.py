"""The real server, asked what it thinks of a configuration whose absolute paths are moved below a folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

HTTPD = shutil.which("apache2") or shutil.which("httpd")
MODULES = Path("/usr/lib/apache2/modules")
HERE = bool(HTTPD) and MODULES.is_dir()
BUILT_IN = {"mod_so", "mod_log_config", "mod_logio", "mod_version", "mod_unixd", "mod_watchdog"}
FILE_ARGUMENT = re.compile(r"(?im)^[ \t]*(?:SSL\w*(?:File|Path|Parameters))[ \t]+[\"']?(/[^\s\"']+)")
FOLDER_ARGUMENT = re.compile(r"(?im)^[ \t]*(?:ServerRoot|DocumentRoot)[ \t]+[\"']?(/[^\"'\n]+)")
NAMED = re.compile(r"(?<=[\s\"':])/(?:etc|var|srv|opt|usr/local)/[^\s\"'>$*?]+")
ABSOLUTE = re.compile(r"(?<=[\s\"':])/(?=(?:etc|var|srv|opt|usr/local)/)")


def prelude(folder: Path) -> Path:
    """LoadModule lines for every stock module and one MPM."""
    path = folder / "modules.conf"
    lines = ["PidFile /dev/null", "ErrorLog /dev/null"]
    for file in sorted(MODULES.glob("mod_*.so")):
        exported = re.findall(rb"\x00(\w+_module)\x00", b"\0" + file.read_bytes())
        name = file.stem[4:]
        symbol = f"{name}_module" if f"{name}_module".encode() in exported else (exported or [b""])[0].decode()
        if file.stem not in BUILT_IN and symbol and (not name.startswith("mpm_") or name == "mpm_event"):
            lines.append(f'LoadModule {symbol} "{file}"')
    path.write_text("\n".join(lines) + "\n")
    return path


def settle(texts: Mapping[str, str], folder: Path) -> None:
    """Write files below a folder, with stand-ins for what they name."""
    for path, text in texts.items():
        place = folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(ABSOLUTE.sub(f"{folder}/", text), encoding="utf-8", errors="surrogateescape", newline="")
    for text in texts.values():
        for name in NAMED.findall(text):
            (folder / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        for name in FILE_ARGUMENT.findall(text):
            wanted = folder / name.lstrip("/")
            if not wanted.exists():
                wanted.write_text("stands in for the real one\n")
        for name in FOLDER_ARGUMENT.findall(text):
            (folder / name.lstrip("/")).mkdir(parents=True, exist_ok=True)


def ask(main: str, folder: Path, prelude: Path, flags: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run the config test on a main file below a folder."""
    place = folder / main.lstrip("/")
    command = [str(HTTPD), "-t", *flags, "-d", str(place.parent), "-f", str(place), "-C", f"Include {prelude}"]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=60)


def refusal(main: str, files: Mapping[str, bytes], folder: Path, prelude: Path, flags: Sequence[str] = ()) -> str:
    """Why the server refuses some files; nothing where it takes them."""
    texts = {path: data.decode("utf-8", "surrogateescape") for path, data in files.items()}
    try:
        settle(texts, folder)
    except OSError as error:
        return f"can't be laid out here: {error}"
    answer = ask(main, folder, prelude, flags)
    return answer.stderr.strip()[-300:] or f"status {answer.returncode}" if answer.returncode else ""
