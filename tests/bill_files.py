"""BILLSTATUS files of the layout that the Government Publishing Office documents, made up by hand."""

from collections.abc import Sequence


def bills() -> dict[str, bytes]:
    """The status of every bill that the built-in pack names, and of one companion that it does not."""
    grace = bill_status("hr6870", "GRACE Act", sponsor="I000001", cosponsors=[("R000000", "2026-01-27", "")])
    senate = bill_status(
        "s3535",
        "GRACE Act",
        sponsor="S000002",
        cosponsors=[("S000000", "2025-12-17", ""), ("S000001", "2025-12-17", "2026-03-04")],
        committees=[("ssju00", "Judiciary Committee", ["Referred to"])],
        related=[("HR", "6870", "Identical bill"), ("S", "12", "Identical bill"), ("HR", "13", "Related bill")],
    )
    return {
        "BILLSTATUS-119hr6870.xml": grace,
        "BILLSTATUS-119s3535.xml": senate,
        "BILLSTATUS-119hr670.xml": bill_status("hr670", "Lady Liberty Act of 2025", sponsor="I000002"),
        "BILLSTATUS-119hr924.xml": bill_status("hr924", "NO BAN Act", sponsor="I000003"),
        "BILLSTATUS-119s398.xml": bill_status("s398", "NO BAN Act", sponsor="S000003"),
        "BILLSTATUS-119hr4895.xml": bill_status(
            "hr4895", "Afghan Adjustment Act", sponsor="I000004", related=[("S", "4444", "Identical bill")]
        ),
        "BILLSTATUS-119s4444.xml": bill_status("s4444", "Afghan Adjustment Act", sponsor="S000001"),
        "BILLSTATUS-119s2679.xml": bill_status("s2679", "Fulfilling Promises to Afghan Allies Act", sponsor="S000001"),
    }


def bill_status(
    number: str,
    title: str,
    *,
    sponsor: str,
    cosponsors: Sequence[tuple[str, str, str]] = (),
    committees: Sequence[tuple[str, str, Sequence[str]]] = (("hsju00", "Judiciary Committee", ("Referred To",)),),
    related: Sequence[tuple[str, str, str]] = (),
    law: str = "",
) -> bytes:
    """A BILLSTATUS file, laid out as version 3.0.0 is, with as much of it as such files always have.

    `cosponsors` are id, day, and day of withdrawal; `committees` code, name, activities; `related` kind, number,
    relation.
    """
    kind = number.rstrip("0123456789")

    def person(key: str, more: str = "") -> str:
        return (
            f"<item><bioguideId>{key}</bioguideId><fullName>Member {key} [X-ZZ]</fullName><firstName>Member</firstName>"
            f"<lastName>{key}</lastName><party>X</party><state>ZZ</state>{more}</item>"
        )

    def joined(day: str, withdrawn: str) -> str:
        left = f"<sponsorshipWithdrawnDate>{withdrawn}</sponsorshipWithdrawnDate>" if withdrawn else ""
        original = "<isOriginalCosponsor>False</isOriginalCosponsor>"
        return f"<sponsorshipDate>{day}</sponsorshipDate>{original}{left}"

    def committee(code: str, name: str, activities: Sequence[str]) -> str:
        done = "".join(f"<item><name>{each}</name><date>2026-01-05T15:00:00Z</date></item>" for each in activities)
        return (
            f"<item><systemCode>{code}</systemCode><name>{name}</name><chamber>House</chamber><type>Standing</type>"
            f"<activities>{done}</activities></item>"
        )

    def relation(kind: str, number: str, how: str) -> str:
        return (
            f"<item><title>{title}</title><congress>119</congress><number>{number}</number><type>{kind}</type>"
            f"<relationshipDetails><item><type>{how}</type><identifiedBy>CRS</identifiedBy></item>"
            "</relationshipDetails></item>"
        )

    laws = f"<laws><item><type>Public Law</type><number>{law}</number></item></laws>" if law else ""
    return f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<billStatus>
  <version>3.0.0</version>
  <bill>
    <number>{number.removeprefix(kind)}</number>
    <updateDate>2026-06-01T10:00:00Z</updateDate>
    <originChamber>{"House" if kind.startswith("h") else "Senate"}</originChamber>
    <type>{kind.upper()}</type>
    <introducedDate>2025-12-17</introducedDate>
    <congress>119</congress>
    <committees>{"".join(committee(*each) for each in committees)}</committees>
    <relatedBills>{"".join(relation(*each) for each in related)}</relatedBills>
    <actions><item><actionDate>2025-12-17</actionDate><text>Introduced</text><type>IntroReferral</type></item></actions>
    <sponsors>{person(sponsor, "<isByRequest>N</isByRequest>")}</sponsors>
    <cosponsors>{"".join(person(key, joined(day, left)) for key, day, left in cosponsors)}</cosponsors>
    {laws}
    <title>{title}</title>
    <amendments><amendment><number>1</number><sponsors>{person("Z000009")}</sponsors></amendment></amendments>
    <latestAction>
      <actionDate>2026-02-03</actionDate>
      <text>Referred to the Committee on the Judiciary.</text>
    </latestAction>
  </bill>
  <dublinCore xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>EN</dc:language></dublinCore>
</billStatus>
""".encode()
