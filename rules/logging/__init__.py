"""What is written down of requests and of errors."""
