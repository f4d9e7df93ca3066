"""The page in the browser, for people who will not open a terminal. Needs the extra `plea[web]`."""
