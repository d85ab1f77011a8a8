"""Content that is meant for TLS alone."""
