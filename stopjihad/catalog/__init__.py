"""Facts with their sources, as data, and what reads them.

What messages may say: ``rules``, with the ``phrases`` and ``frames`` that they look for. Outside:
``platforms`` (limits, share links, where content is reported), ``schedulers`` and how posts are
stopped there, ``languages``, ``countries`` and ``timezones``, ``headers`` that a web server sends.
What readers are told of techniques and the like: ``terms``; what they say first to a helpline of
another language: ``first_words``.
What pictures and posts are made of: ``formats`` of cards, their ``layout`` and ``layout_values``,
a ``drawing``, ``fonts``, the ``post_template``, layouts of ``paper``. What authors replace first:
``blank``.
"""
