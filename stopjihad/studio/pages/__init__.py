"""Views of the studio: one file a view, what it shows and how its addresses are answered.

A campaign: ``overview``, its ``tasks``, ``problems``, ``two_versions`` of a file that met, all
``outputs``, its ``media``. Files as fields: ``editor`` saves them, ``field_state`` says what it
shows, ``document`` is what talking points and pages share. Talking points: the list (``points``)
and the editor of one (``point``, with ``point_state`` for its fields and ``point_parts`` for what
becomes of it); the same of a ``page``. The campaign itself: its parts as forms (``settings``),
those that make files or choose from lists (``settings_languages``, ``settings_numbers``,
``settings_glossary``), and how a team starts (``begin``); ``partners`` and
their kits. Translations: ``languages`` and one
``translation``. Approvals: ``review``, with ``signatures`` of single words, and the ``sheet`` of
one talking point with remarks on it, ``change_sets`` of several, a file for who is ``elsewhere``.
Drafts: the ``board``, the ``calendar``, ``postings`` (what people posted), ``gallery`` of pictures,
``export``, the ``queue`` of what was exported. The site: ``publishing``, and ``targets`` to publish
to. What was saved: ``history``;
``colleagues``, who send and fetch. Alerts: the list (``alerts``) and the board of one (``alert``,
with ``studio_alert`` for where it stands, ``alert_slots`` for its form, ``alert_outputs`` for what
it becomes, ``alert_upload`` for how readers get it), and the words approved beforehand
(``alert_template``).
"""
