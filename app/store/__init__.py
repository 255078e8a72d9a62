"""The file: connections, migrations, change notices, the search index, backups. It knows SQLite and no noun."""
