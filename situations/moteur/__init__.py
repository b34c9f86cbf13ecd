"""The form engine: a definition in; forms, readings and verdicts out. Pure: no query, no request."""
