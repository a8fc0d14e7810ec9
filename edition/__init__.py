"""What Markdown and templates cannot do: the records' schema, the checks, and the parts of a page written from records."""
