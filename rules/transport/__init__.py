"""What reaches clients beside content: redirects to TLS, HSTS, cookies, security headers."""
