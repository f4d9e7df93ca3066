"""What tests of large print and of other scripts need on the machine."""

import pytest

from plea.letters.paper import fonts

needs_fonts = pytest.mark.skipif(
    not {"Noto Sans", "Noto Naskh Arabic"} <= set(fonts._installed_families(())),
    reason="fonts-noto-core is not installed",
)
