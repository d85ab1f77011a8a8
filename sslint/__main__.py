"""`python -m sslint`, and the console script."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line and return its exit status."""
    if sys.argv[1:] == ["--version"]:  # answered here, since importing click takes longer than the answer
        from . import __version__

        sys.stdout.write(f"sslint {__version__}\n")
        return 0
    gc.disable()  # before the imports: they leave no garbage, and looking for it takes a thirtieth of a small check
    from .cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
