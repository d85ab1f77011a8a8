"""Requests: what a host answers, step by step, and by which ways content is reached."""
