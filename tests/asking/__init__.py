"""Answers proven by request: what the model predicts for small configurations, asked of a running server."""
