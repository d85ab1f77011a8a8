"""What the model of a server looks like to people and to programs: one module for each picture.

Each has a function that gives plain data for JSON, and one that gives lines for a terminal.
"""
