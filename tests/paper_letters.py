"""Letters made by hand for the tests of paper."""

from dataclasses import replace
from datetime import date
from typing import Any

from plea.model.asks import Act
from plea.model.letters import Letter, Paragraph, Recipient, Run
from plea.model.officials import Office, Official

DAY = date(2026, 11, 22)
TEXT = """\
I live in Burlington, Vermont; please press the administration, in the next hearing on Syria, for talks that
bring every party to one table, and tell me in writing by January 6, 2027 what you have done. Thank you for the
work you have already put into this.

I run a small bakery on North Street. In 2014 we hired Samir, who had left Homs with two sons and a suitcase. He
taught us to make the flat bread that half of the street now buys on Saturdays. His sister and her children were
approved to come and had their flights booked. They are still waiting, and so are we.

My faith asks me to seek peace and pursue it. A people that is only bombed, fed and pitied is not yet helped: it
is helped when those who fight are given a reason to stop, and when those who suffer most have a voice in what
follows. That is slow work, and it is the work that lasts.

Towns like ours are ready. Our schools have room, our employers have places, and our congregations have people
who know how to find a bed, a coat and a doctor. What we cannot do from here is end the fear that people run
from; only governments can do that, and ours has a hand in it.

In December 2016 the last hospitals of eastern Aleppo had been destroyed, and the buses sent for those who were
trapped departed empty. The lesson of that month is that words without a plan came too late.

I would be satisfied by a public statement and one question to the Secretary of State on the record. I look
forward to your written reply.
"""
BODY = tuple(" ".join(paragraph.split()) for paragraph in TEXT.split("\n\n"))
STORY = BODY[1]


def made_letter(**changes: Any) -> Letter:
    """A letter to a senator's office in Burlington, with whatever a test wants otherwise."""
    letter = Letter(
        id="0123456789abcdef01234567",
        ask="diplomacy",
        act=Act.LEGISLATIVE,
        language="en",
        date=DAY,
        date_text="November 22, 2026",
        sender=("Mary Okafor", "52 North Street, Apt. 3", "Burlington, VT  05401", "mary@okafor.example"),
        official=Official(id="us-W000800", role="us-senator", name="Peter Welch", last_name="Welch", state="VT"),
        office=Office(id="W000800-burlington", kind="district"),
        recipient=Recipient(
            lead=("The Honorable Peter Welch", "United States Senate"),
            street="199 Main Street",
            suite="4th Floor",
            last=("Burlington, VT  05401",),
        ),
        subject="Lead talks among all parties in Syria",
        salutation="Dear Senator Welch:",
        body=paragraphs(*BODY),
        close="Sincerely,",
        signature_name="Mary Okafor",
        labels={
            "subject": "Re:",
            "enclosure": "Enclosure:",
            "enclosures": "Enclosures:",
            "copy": "Copy for the signer",
        },
    )
    return replace(letter, **changes)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text),)) for text in texts)
