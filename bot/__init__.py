"""Tertulia: an article becomes a structured, recorded discussion in chat."""

__version__ = "0.2.0"
