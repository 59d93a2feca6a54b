"""The reference: plugins and case files in words, as JSON schema, as Markdown, as files to start from."""
