"""The studio: see, write, translate, approve and export a campaign in the browser.

``app`` has the list of routes, ``pages`` a file for each view, ``live`` the campaign that they
show. ``serve`` listens, ``guard`` lets only this browser in, ``running`` finds one that is open.
``answers`` reads what it sends, and answers alike for every view, with ``templates`` and in
``words`` of the viewer's language; ``finding_words`` say what the checks find. ``waiting`` says
what waits for whom. ``sections`` are the parts of *Campaign*, ``remedies`` lead to where a problem
is mended, ``known_lines`` are helplines to take over. ``saver`` changes files with ``undo_steps``
back and forth, ``file_history`` reads what was saved for people, ``released_sets`` go out and
come back as one, ``builder`` builds, ``publisher``
publishes, ``target_folders`` offers folders for that, ``planned_acts`` wait for their time,
``reload`` tells open pages.
"""
