"""Key exchange: groups and Diffie-Hellman parameters."""
