"""House seats by street, from the Census Bureau, where the campaign says so; each street is sent once.

What was answered is kept in the ledger by a hash of the address, for the plans to come.
"""

from datetime import date

from plea.campaigns.ledger import Ledger
from plea.campaigns.seats import Geocode
from plea.campaigns.versions import digest
from plea.model import Supporter
from plea.officials.geocode import district_of

SEAT = "seat "  # what the ledger's keys of such answers begin with
NOTICE = "signers' streets leave this machine where a ZIP is shared: the U.S. Census Bureau is asked for the district"


def geocoder(ledger: Ledger, on: date) -> Geocode:
    """What gives the seat of a supporter's street.

    Raises MendableError for a street that is not found, MachineError when the Census does not answer.
    """

    def seat_of(supporter: Supporter) -> str:
        key = SEAT + digest(supporter.street, supporter.city, supporter.state, supporter.zip, on.isoformat())
        known = ledger.fact(key)
        if not known:
            known, _ = district_of(
                supporter.street, city=supporter.city, state=supporter.state, zip_code=supporter.zip, on=on
            )
            ledger.remember(**{key: known})
        return known

    return seat_of
