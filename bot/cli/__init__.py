"""What an operator or an author types: each command is a function that returns an exit code."""
