"""Advocacy letters that are ready to send."""

__version__ = "0.1.0"
