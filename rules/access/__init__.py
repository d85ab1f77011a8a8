"""Access control and logins."""
