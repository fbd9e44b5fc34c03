"""Judge records; pure.

``campaign`` is the entry: ``points``, their ``tables`` and ``pictures``, ``helplines``,
``corrections`` that feeds tell of, ``partners`` and their ``voices``, ``alert_lines`` of a ledger,
``names`` that lead nowhere, what a ``manuscript`` brings along, ``texts`` (Markdown and addresses),
``host_twins``, ``placeholders`` of the sample, ``theme_words`` of a workspace, message ``rules``
and a campaign's ``own_rules``, the ``reading_list``, and ``translation``. What is wrong is a
``finding``, kept in a ``finding_cache``; ``keeping`` says how long, and ``sarif`` writes it for
other programs.
"""
