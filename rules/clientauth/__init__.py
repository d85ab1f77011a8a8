"""Client certificates: verification and revocation."""
