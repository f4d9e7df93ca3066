"""The page: a skin like the command line, for people who will not open a terminal. Needs the extra `plea[web]`."""
