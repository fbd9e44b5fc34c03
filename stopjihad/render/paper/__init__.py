"""Paper: posters, leaflets, cards for the wallet and lesson pages, as documents that can be read.

``plan`` says what is made of which talking point, ``words`` what may stand on it (``said``) about
a ``subject``, ``lines`` whose numbers and ``helpline_words`` how they are told. ``sheet`` lays a
``sheet_job`` out: each ``panel``, then by ``imposition`` the pages on sheets. ``steps`` writes the
document; ``check`` refuses numbers that would be old before the paper.
"""
