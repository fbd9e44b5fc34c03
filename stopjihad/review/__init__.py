"""Keep the ledger of approvals.

``ledger`` makes its lines and finds what they no longer fit, ``ledger_file`` adds them to the file.
Of notices ``alert`` makes the lines, ``alert_status`` tells what they come to.
"""
