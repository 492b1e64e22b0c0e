"""Polls: what is asked, who may answer, when it counts, and what comes out."""
