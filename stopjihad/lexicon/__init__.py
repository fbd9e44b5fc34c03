"""The wording of a language: its vocabulary, grammar, set phrases, and sentences read by them."""
