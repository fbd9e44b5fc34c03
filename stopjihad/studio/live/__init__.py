"""Follow a campaign on disk: what is shown while its newest files are read, judged or broken.

``campaign`` is what requests ask; a ``snapshot`` is the campaign at one moment. ``follower``
alerts saves, ``point_file`` reads and judges one, ``renderer`` makes an output when it is asked
for. Heavy work is done in the ``background``.
"""
