"""`python -m sslint`, and the console script."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    if sys.argv[1:] == ["--version"]:  # answered here, since importing click takes longer than the answer
        from . import __version__

        sys.stdout.write(f"sslint {__version__}\n")
        return 0
    from .cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
