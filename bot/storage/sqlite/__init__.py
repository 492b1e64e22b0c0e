"""SQLite behind the port: one writer that groups commits, a few readers, a lease on the file."""
