"""Turn an alert in a crisis into texts, pictures and files for machines.

``plan`` has its steps, ``check`` judges it; ``draft`` is its text for a platform, ``cap`` the
message for machines, ``sheets`` are the team's, ``approval_page`` asks a person who is elsewhere.
"""
