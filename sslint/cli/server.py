"""`sslint server`."""

from __future__ import annotations

import logging
from pathlib import Path

import click


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, which is the default.")
@click.option("--tcp", metavar="HOST:PORT", help="Wait for one client there instead.")
@click.option("--log-file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Log to a file.")
@click.option("--log-level", type=click.Choice(("debug", "info", "warning", "error")), default="warning")
@click.option("--run-code", is_flag=True, help="Let settings files bring rules in Python, which is code.")
def command(stdio: bool, tcp: str | None, log_file: Path | None, log_level: str, run_code: bool) -> int:
    """Serve an editor by the Language Server Protocol. Editors start this; docs/server.md tells how.

    The log goes to standard error unless --log-file names a file. The exit status is 0 when the client said
    goodbye before it left, else 1.
    """
    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other")
    place = _place(tcp) if tcp else None
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    try:
        logging.basicConfig(filename=log_file, level=log_level.upper(), format=form)
    except OSError as error:
        raise click.ClickException(f"cannot write {log_file}: {error.strerror}") from None
    from ..lsp.serving import serve

    return serve(place, run_code)


def _place(text: str) -> tuple[str, int]:
    """The host and port of `HOST:PORT`. Raises click.UsageError."""
    host, separator, port = text.rpartition(":")
    if not separator or not port.isdigit() or int(port) > 65535:
        raise click.UsageError(f"--tcp takes HOST:PORT, such as 127.0.0.1:2087, not {text!r}")
    return host.strip("[]") or "127.0.0.1", int(port)
