"""Write drafts for schedulers, calendars and managers: pure functions from entries to files.

``formats`` has all by name. ``open_formats`` are a table, a workbook, JSON and a calendar;
``schedulers`` and ``metricool`` have import files of their own, ``postiz`` bodies of requests.
``queue`` says what they were given, what of it to stop, and what goes on.
"""
