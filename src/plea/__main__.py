"""`python -m plea` does what `plea` does."""

from plea.cli import main

main()
