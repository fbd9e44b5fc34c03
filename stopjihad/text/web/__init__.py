"""Addresses, hosts, hashtags and accounts in running text."""
