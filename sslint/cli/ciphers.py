"""`sslint ciphers`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..openssl import PROTOCOLS, Library, library
from ..openssl.expansion import Expansion, expansion
from ..settings import Reading
from ..tls.suites import default_level, target_library
from .terminal import emit, view


@click.command()
@click.argument("string", required=False)
@click.option("--openssl", multiple=True, metavar="VERSION", help="For this OpenSSL: 1.0.2, 3.0.19 ... Twice: compare.")
@click.option("--httpd", default="", metavar="VERSION", help="With what mod_ssl of this httpd adds.")
@click.option("--target", default="", metavar="PRESET", help="With httpd, OpenSSL and policy of a distribution.")
@click.option("--raw", is_flag=True, help="The string alone, as OpenSSL gets it; nothing added by mod_ssl.")
@click.option("--diff", "other", metavar="OTHER", help="Compare with another string.")
@click.option("--protocol", type=click.Choice(PROTOCOLS, case_sensitive=False), help="Only what this version can use.")
@click.option("--output-format", "--format", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def command(
    string: str | None,
    openssl: tuple[str, ...],
    httpd: str,
    target: str,
    raw: bool,
    other: str | None,
    protocol: str | None,
    output_format: str,
    color: str,
) -> int:
    """Tell which suites a cipher string stands for, in order, and what each part of it does.

    STRING is a value of SSLCipherSuite; without one, it is the default. Where it begins with a hyphen,
    write -- before it. Without --openssl and --target, it is read by OpenSSL 3.0, as the newest httpd
    hands it over.

    --diff OTHER compares two strings, --openssl A --openssl B one string in two versions. The exit status
    is 0 when the string is accepted (or both sides are alike), 1 when it is refused (or they differ), and
    2 for a call that makes no sense.
    """
    if len(openssl) > 2 or (len(openssl) == 2 and other is not None):
        raise click.UsageError("two sides are compared: either --diff OTHER or --openssl twice")
    try:
        sides = [_expand(text, version, httpd, target, raw) for text, version in _sides(string, openssl, other)]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if len(sides) == 2:
        if protocol:
            raise click.UsageError("--protocol does not go together with a comparison")
        return _compare(sides, output_format, color)
    return _show(sides[0], protocol, output_format, color)


def _sides(string: str | None, openssl: Sequence[str], other: str | None) -> list[tuple[str | None, str]]:
    """The strings and the versions to evaluate: one, or two to compare."""
    if other is not None:
        return [(one, openssl[0] if openssl else "") for one in (string, other)]
    return [(string, version) for version in openssl or ("",)]


def _expand(string: str | None, version: str, httpd: str, target: str, raw: bool) -> Expansion:
    """Evaluate one side. Raises ValueError for an unknown version or preset."""
    chosen = Reading(target=target, httpd=httpd).resolve()
    build: Library | None = library(version) if version else target_library(chosen)
    if build is None:
        raise ValueError(f"unknown version of OpenSSL: {chosen.openssl!r}")
    release = None if raw else (chosen.httpd.major, chosen.httpd.minor, chosen.httpd.patch)
    if version:
        return expansion(string, build, release)
    return expansion(string, build, release, default_level(chosen), chosen.system_ciphers)


def _show(side: Expansion, protocol: str | None, output_format: str, color: str) -> int:
    if output_format == "json":
        from ..views.ciphers_data import cipher_data

        emit(_json(cipher_data(side, protocol)))
    else:
        from ..views.ciphers import cipher_lines

        emit(cipher_lines(side, view(color), protocol))
    return 1 if side.error is not None else 0


def _compare(sides: Sequence[Expansion], output_format: str, color: str) -> int:
    from ..openssl.compare import compare
    from ..views.cipher_diff import diff_data, diff_lines

    comparison = compare(sides[0], sides[1])
    emit(_json(diff_data(comparison)) if output_format == "json" else diff_lines(comparison, view(color)))
    return 0 if comparison.is_equal else 1


def _json(data: dict[str, object]) -> list[str]:
    import json

    from .. import __version__

    return [json.dumps({"schema_version": data["schema_version"], "sslint_version": __version__, **data}, indent=2)]
