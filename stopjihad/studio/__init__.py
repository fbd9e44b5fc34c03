"""The studio: see, write, translate, approve and export a campaign in the browser.

``app`` has the list of routes, ``pages`` a file for each view, ``live`` the campaign that they
show. ``serve`` listens, ``guard`` lets only this browser in, ``requests`` reads what it sends.
``answers`` are made alike for every view, filled by ``templates`` from ``own_files``, in ``words``
of the viewer's language. ``saver`` changes files, ``builder`` builds, ``reload`` tells open pages,
``remedies`` how a problem is mended.
"""
