"""The only room that says SELECT: one small port, SQLite behind it, a file of SQL for each noun."""
