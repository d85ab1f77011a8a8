"""Protocol versions."""
