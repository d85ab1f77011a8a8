"""Certificates that mod_md or another ACME client fetches."""
