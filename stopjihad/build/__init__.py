"""Execute a plan and publish its result in one swap.

A ``request`` says what is wanted. ``driver`` has all of it done: a ``campaign`` is read and judged
(``check``) and planned, ``parts`` that other outputs show come first, ``work`` makes what is due,
``tree`` publishes it; a ``report`` says what was done. What pages show of a campaign's ``logo`` is
made beforehand. Outside a build: ``cards`` and a ``film`` one by one, the ``kit`` of a partner,
``partner_mails`` about mistakes, ``sheet_previews`` for reviewers, ``standing_drafts`` that may
still be exported; ``text_approval`` asks those who are elsewhere, by an ``invitation``.

Alerts in a crisis: a ``prepared_alert`` has all that is asked beforehand, ``alert`` publishes and
cancels it, an ``alert_sheet`` has what it says, ``alert_workflow`` the steps that people take,
``approval_file`` asks those who are elsewhere, ``alert_readiness`` looks beforehand, a ``drill`` is
an exercise on the same road, ``live_alert`` puts those that hold into each build,
``alert_sending`` sends one and takes it off the last good site in ``alert_layers`` from its
``alert_inputs``, ``alert_judgement`` judges what it says.
"""
