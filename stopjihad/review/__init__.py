"""Keep the ledger of approvals.

``ledger`` makes its lines, adds them to its file, and finds what they no longer fit.
Of notices ``alert`` makes the lines, ``alert_status`` tells what they come to, ``alert_clock``
when, ``approval_code`` makes the codes of people who are elsewhere.
"""
