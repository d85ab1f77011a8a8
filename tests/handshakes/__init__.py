"""Offers proven by handshake: servers started from generated configurations, asked with ClientHellos of our own."""
