"""The operational store: accounts, decisions and the access log, append-only and chained by hashes."""
