"""What the server says to each directive: `ap_walk_config` and the handlers' own checks."""

from .walk import check

__all__ = ["check"]
