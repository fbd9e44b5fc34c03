"""Kits as one file, for people without the program: what ``plan`` lists in ``records``, zipped.

``readme`` writes the page that is opened first, from ``texts`` to copy, ``points`` and ``replies``;
``guide`` a page for families, both with links to pages in ``other_languages``; ``update_check`` the
one that leads to what was wrong, ``zip_file`` the archive. ``steps`` puts them together with files
of other outputs; ``feed`` tells programs which words of them are of today.
``answers`` are all answers of a language on one page, for a stick.
Files that people change are planned by ``originals``: ``office_slides`` and an ``office_document``
say the same ``office_words`` over the same picture (``background``), and share ``office_file``.
"""
