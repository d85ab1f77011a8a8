"""What rules claim, proven by a running server: examples of rules, the requests to make, and what must be seen."""
