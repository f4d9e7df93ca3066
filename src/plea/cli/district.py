"""The House district by the person's street, which the Census Bureau is sent; only when the person says so."""

from dataclasses import replace

import click

from plea.errors import UsageError
from plea.model import Supporter
from plea.officials.geocode import NOTICE
from plea.writing.seat import district_of_street
from plea.writing.wishes import Wishes


def settle_district(wishes: Wishes, supporter: Supporter) -> Supporter:
    """The supporter with the district that the Census Bureau gives.

    Raises UsageError without a street, MendableError for an address that is not found, MachineError when nobody
    answers.
    """
    if supporter.district:
        return supporter
    if not supporter.street:
        raise UsageError("--geocode: the Census needs your street", "Add --street, or give the district: --district.")
    return replace(supporter, district=seat_by_street(supporter, supporter.street, wishes))


def seat_by_street(supporter: Supporter, street: str, wishes: Wishes) -> str:
    """The seat of a street in the supporter's town; says that the street leaves this machine."""
    click.echo(f"plea: {NOTICE}", err=True)
    return district_of_street(street, supporter, wishes)
