"""Compose post drafts: from a talking point to a text that fits its platform.

``plan`` has the steps, ``steps`` takes them; ``compose`` makes a draft: ``parts`` are what it may
hold, from the fullest to nothing, ``titles`` what stands above, ``prose`` sentences that may be
left out, ``words`` those of the theme, ``handwritten_text`` what a person wrote for one platform,
``pictures`` what goes with it, ``script`` the words of a film or story. ``files`` writes,
``export`` for other programs; ``replies`` are sheets of answers.
"""
