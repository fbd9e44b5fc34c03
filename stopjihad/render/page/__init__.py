"""Make pages of the published site from a page job: pure functions.

``plan`` has the steps, a ``page_step`` each, those of kits in ``kit_plan``: which talking points
``lists`` show, on how many pages, which picture is sent along (``link_previews``). ``steps``
renders one, ``kinds``, ``point``, ``help_page``, ``kit_pages`` and ``alert_page`` say what each
kind of page shows, ``photos`` and ``sources`` what it shows beside its words and cites, ``drafts``
those of its kit, ``embed`` what other sites show of it, ``head`` is the head of a page, ``pager``
leads through the pages of a list, ``alert_place`` is the place that an alert fills in finished
pages, ``site_files`` writes what programs read: feeds, sitemap, robots, headers.
"""
