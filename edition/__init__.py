"""What Markdown and templates cannot do: the schema of the records, the checks, and pages composed from records."""
