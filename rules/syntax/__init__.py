"""What the server refuses, and what it accepts though nobody can have meant it."""
