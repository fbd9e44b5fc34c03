"""What a reader of one language gets: records with every text resolved to words in a language.

``records`` are what is shown, ``localization`` makes them; a ``resolver`` finds the words of a
text, ``notation`` writes numbers, and ``dates`` days. ``source_segments`` lists what is translated.
Words that several outputs say: a ``claim`` said right, prose (``markdown``, ``markdown_blocks``)
and ``running_text`` of it, ``alert_phrases`` and those on the team's papers
(``alert_paper_phrases``), ``credit_words``; a post ``draft``, the ``tempo`` of films, and a
``page_address``. No layout stands here.
Chosen or made from records: ``alert`` (alerts), ``discussions``, ``designs`` of cards,
``helplines`` and their ``opening``, ``line_facts`` about one of them, ``slides``,
``forms_of_address``, a ``partner_line``, a ``partner_mail`` and a partner's ``voice``. ``contrast``
tells which colours can be read on which, ``look`` gives those of themes and tones.
"""
