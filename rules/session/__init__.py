"""Sessions: tickets, caches, renegotiation, compression, stapling."""
