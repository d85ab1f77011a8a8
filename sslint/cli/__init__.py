"""The command line: a thin shell. Each command is a module, imported when it is used."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

import click

from .. import __version__

COMMANDS = {
    "check": "Lint configurations; the exit status says whether something was found.",
    "baseline": "Accept what is found for now, so that only new findings count.",
    "vhosts": "Show which virtual host answers where, and what TLS it offers.",
    "show": "Show what is in force in a host or for a URL, and which line decided it.",
    "ciphers": "Tell which suites a cipher string stands for, and what each part of it does.",
    "explain": "Tell what a rule means, why it matters, and what to write instead.",
    "rules": "List the rules.",
    "server": "Serve an editor: the language server.",
    "profiles": "List the policies that servers can be held to; show or compare them.",
    "dev": "Show how sslint reads a file, and make, try and describe rules.",
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f".{cmd_name}", __name__)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from ..knowledge.suggest import closest

            near = closest(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"no command is called {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sslint", message="%(prog)s %(version)s")
def group() -> None:
    """Find what is wrong, weak or surprising in Apache httpd configurations, TLS first."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit status."""
    gc.disable()  # The process ends soon; looking for garbage would cost a seventh of its time.
    _open_streams()
    try:
        status = group.main(list(arguments), prog_name="sslint", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        return _refuse(error)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        return _hang_up(141)
    except OSError as error:
        from .terminal import complain

        complain(f"cannot go on: {error.strerror or error}")
        return _hang_up(2)
    except Exception as error:
        return _apologise(error)


def _open_streams() -> None:
    """Python has no stream where the caller closed one; then what is written goes nowhere."""
    import os

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  open until the process ends


def _refuse(error: click.ClickException) -> int:
    """Show what is wrong with the call; it may quote a file's name or text."""
    import io

    from .terminal import emit, view

    shown = io.StringIO()
    error.show(file=shown)
    emit(map(view("never", sys.stderr).clean, shown.getvalue().splitlines()), sys.stderr)
    return 2


def _hang_up(status: int) -> int:
    """Nobody listens any more, or nothing can be written: end as quietly as `head` would want it."""
    import contextlib
    import os

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _apologise(error: Exception) -> int:
    import traceback

    traceback.print_exc()
    click.echo(
        f"sslint {__version__}: sorry, this is a fault in sslint itself ({type(error).__name__}). "
        "Please report it with the lines above.",
        err=True,
    )
    return 2
