"""What the server tells of itself and of its files to whoever asks."""
