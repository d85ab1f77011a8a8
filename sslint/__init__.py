"""A linter and static analyser for Apache httpd configuration, TLS first."""

__version__ = "0.1.0"
