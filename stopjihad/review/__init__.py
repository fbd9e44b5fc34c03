"""Keep the ledger of approvals.

``ledger`` makes its lines, adds them, remarks and postings to their files, and finds what they no
longer fit; ``excused`` lists its exceptions.
Of an alert ``alert_lines`` are its words as people approve them, ``alert_steps`` who did what,
``alert_approval`` who approved it as it stands, ``alert_state`` where it stands, ``alert_clock``
since when, ``alert_status`` what of all alerts holds; ``approval_code`` makes the codes of people
who are elsewhere.
"""
