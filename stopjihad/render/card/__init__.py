"""Cards: ``plan`` chooses them, ``check`` judges their designs, ``steps`` draws them.

A ``contact_sheet`` shows many of them to people.
"""
