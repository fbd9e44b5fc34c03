"""Read disk into records, collecting every problem.

``workspace`` finds all files of a campaign and reads them once, as ``files`` allows, but for those
of which ``known_files`` tells what they hold, ``file_names`` tells what nothing reads; ``project``
makes records of a campaign's own, ``drafts`` tells which are not ready, ``taken_down`` which are no
more for want of a second signature, ``templates`` and ``theme_words`` of what all share, ``copies``
of them; ``template_names`` tells what nothing reads there; ``announced`` finds outputs that
installed packages add. ``documents`` are YAML and Markdown: ``yaml`` keeps every scalar text,
``schema`` types it.
What has a form of its own: ``assets``, ``drills``, ``fonts``, ``glossary``, ``layouts``,
``ledger``, ``media`` with its ``pictures``, ``page_fonts`` cut from ``fonts``,
``paper``, ``platforms``, ``po``, ``targets``.
``clock`` says what time it is.
"""
