"""How much one request may bring."""

FORM = 1024 * 1024
"""Bytes of a form: a letter is a page of text."""
UPLOAD = 100 * 1024 * 1024
"""Bytes of a table of supporters, for a path that ends in `/upload` and a browser that holds the cookie."""
HEADERS = 32 * 1024
FIELDS = 2000
"""Parts of a form that carries a file."""


def is_upload(path: str) -> bool:
    """Whether a path takes files. Such a view's address ends in `/upload`; all others take forms."""
    return path.endswith("/upload")
