"""Merging: the effective value of every directive, as httpd lays hosts and sections over each other."""
