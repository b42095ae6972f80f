"""What editors' work is kept in: a SQLite file or a PostgreSQL database, with its migrations; nothing here is pure."""
