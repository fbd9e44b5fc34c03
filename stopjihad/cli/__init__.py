"""Commands; the only place that prints and exits.

``main`` names them; each is a file of its own name, and of ``review`` the part about ``exceptions``
is another, of ``alert`` what an alert says (``alert_reading``), the ``alert_list``, its
``approval`` and ``readiness``, how it goes out (``alert_sending``) and a ``drill``, of
``publish`` its ``publication_report``. ``common`` has
what they share, ``console`` what they print with, ``reviewer`` what those that sign share;
``starter`` cuts out the campaign that ``init`` writes.
"""
