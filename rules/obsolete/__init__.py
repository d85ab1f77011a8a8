"""What an httpd of the target version no longer knows, or knows by another name."""
