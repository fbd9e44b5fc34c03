"""Checks of translations: each text beside its source, and files as a whole.

``campaign`` is the entry; ``use`` compares what a campaign says with what a file has, ``file``
checks a file by itself: ``pair`` the marks of source and translation, ``glossary`` the words that a
campaign agreed on, ``slips`` of writing.
"""
