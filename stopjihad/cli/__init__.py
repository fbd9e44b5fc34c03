"""Commands; the only place that prints and exits.

``main`` names them; each is a file of its own name, and of ``review`` the part about ``exceptions``
is another, of ``alert`` what a notice says (``notice_words``), the ``notice_list``, its
``approval`` and ``readiness``, how it goes out (``notice_sending``) and a ``drill``. ``common`` has
what they share, ``console`` what they print with, ``reviewer`` what those that sign share;
``starter`` cuts out the campaign that ``init`` writes.
"""
