"""Facts with their sources: platforms, languages, terms, rules, share links."""
