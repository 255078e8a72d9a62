"""The community's file: connections, migrations, change notices, search index, backups. SQLite only, no domain."""
