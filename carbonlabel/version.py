"""I am the version of this program, once."""

__version__ = "0.1.0"
