"""The linter: rules compiled once, documents in, reports out."""
