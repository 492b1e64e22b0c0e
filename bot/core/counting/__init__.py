"""Counting: exact, deterministic, with every policy written down. Integers and fractions only."""
