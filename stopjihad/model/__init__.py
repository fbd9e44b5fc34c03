"""Frozen records shared by every stage; no behaviour beyond construction."""
