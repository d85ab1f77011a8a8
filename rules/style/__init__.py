"""Matters of style, and the comments that steer sslint itself."""
