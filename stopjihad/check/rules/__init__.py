"""Apply message rules to records: kinds of check as code, the rules themselves as rows.

``run`` applies all, to a campaign in each of its ``languages``, to the ``passages`` of its texts
and to ``translation_passages``; ``passage_reading`` reads them and says where findings are. Kinds
of check, by what they look at: ``claims``, ``helpline_numbers``, ``helpline_promises``, ``links``,
``media``, ``alerts``, ``openings``, ``people``, ``structure``, ``wording``; ``artefacts`` looks at
finished pages and drafts, which must agree with ``artefact_words``. ``exceptions`` leaves out what
people have excused.
"""
