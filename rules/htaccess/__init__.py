"""What `.htaccess` files may say, and what is in force of it."""
