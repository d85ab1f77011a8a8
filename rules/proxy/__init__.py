"""The way to backends: TLS to them, their certificates, and what passes requests on."""
