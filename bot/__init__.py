"""Tertulia: an article becomes a structured, recorded discussion in chat."""

__version__ = "0.1.0"
