"""Virtual hosts: addresses, names, and which of them speak TLS."""
