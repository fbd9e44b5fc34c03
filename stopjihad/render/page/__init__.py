"""Make pages of the published site from a page job: pure functions.

``steps`` renders a step, ``kinds`` and ``point`` say what each kind of page shows, ``sources`` what
it cites, ``drafts`` those of its kit, ``head`` is the head of a page, ``pager`` leads through the
pages of a list, ``notice_place`` is the place that a notice fills in finished pages, ``site_files``
writes what programs read: feeds, sitemap, robots, headers.
"""
