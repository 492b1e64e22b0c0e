"""Values and rules. Standard library only; the clock is handed in."""
