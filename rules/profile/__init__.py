"""What the chosen profiles ask for: dated policies such as those of Mozilla, NIST or the BSI."""
