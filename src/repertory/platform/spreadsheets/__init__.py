"""Tables in files: read by a limited child process into rows of text, written so that they read back identical.

`reader.open_table` is the way in, `writing` the way out. `child` and what it imports stay free of Django, so that the
child starts in a fraction of a second and holds no secrets.
"""
