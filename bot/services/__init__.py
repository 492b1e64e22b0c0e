"""One transaction around one rule, and the loops that keep the shown in step with the true."""
