"""What tests of large print and of other scripts need on the machine."""

import pytest

from plea.letters.paper import fonts

needs_fonts = pytest.mark.skipif(
    not {"Noto Sans", "Noto Naskh Arabic"} <= set(fonts._families_at_hand(())),
    reason="fonts-noto-core is not installed",
)
