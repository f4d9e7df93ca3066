"""`python -m plea` does what `plea` does."""

from plea.app import main

main()
