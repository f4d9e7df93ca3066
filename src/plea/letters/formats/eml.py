"""A draft for a mail program: the letter as text, the PDF attached, nobody in To yet."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from plea.errors import InputError
from plea.letters.paper.typeset import print_letter
from plea.letters.plain_text import file_stems, letter_text
from plea.model.letters import Letter, Printing, Rendered

if TYPE_CHECKING:
    from collections.abc import Mapping

ENCODED_WORD = "=?"
CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def render(letter: Letter, printing: Printing) -> Rendered:
    """Bytes of an RFC 5322 message with `X-Unsent: 1`, the same for the same letter.

    Congress has no e-mail addresses, so To is left to the person. What is built is parsed again and compared, since
    some Pythons let a header grow another (CVE-2024-6923); InputError when the two differ.
    """
    headers = _headers(letter)
    for name, value in headers.items():
        _refuse(name, value)
    pdf = print_letter(letter, printing)
    text = letter_text(letter)
    content = _message(letter, headers, text, pdf.content).as_bytes()
    _compare(content, headers, text, pdf.content)
    return Rendered(content, pdf.pages, pdf.warnings)


def _headers(letter: Letter) -> Mapping[str, str]:
    """The headers by name, in their order; the day at noon UTC, the letter's identity as the message's own."""
    headers = {
        "X-Unsent": "1",
        "Date": format_datetime(datetime.combine(letter.date, time(12), UTC)),
        "Message-ID": f"<{letter.id}@plea.invalid>",
        "Subject": letter.subject or letter.salutation.rstrip(":,"),
    }
    if letter.sender_email:
        _refuse("From", letter.signature_name)
        _refuse("From", letter.sender_email)
        try:
            if letter.sender_email.isascii():
                sender = Address(letter.signature_name, addr_spec=letter.sender_email)
            else:  # the standard library reads others by their parts alone
                local, _, domain = letter.sender_email.rpartition("@")
                sender = Address(letter.signature_name, local, domain)
        except (ValueError, IndexError, HeaderParseError) as error:
            raise InputError("eml.not_an_address", address=letter.sender_email) from error
        headers["From"] = str(sender)
    return headers


def _refuse(header: str, value: str) -> None:
    """Refuse what could end a header or be read as something else than it shows."""
    if CONTROLS.search(value):
        raise InputError("eml.control_character", header=header)
    if ENCODED_WORD in value:
        raise InputError("eml.encoded_word", header=header)


def _message(letter: Letter, headers: Mapping[str, str], text: str, pdf: bytes) -> EmailMessage:
    """The message; its boundary is a hash of its parts, so that it is the same each time and in none of them."""
    message = EmailMessage(policy=policy.SMTP if letter.sender_email.isascii() else policy.SMTPUTF8)
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{file_stems([letter])[0]}.pdf")
    message.set_boundary("plea-" + sha256(text.encode() + pdf).hexdigest()[:40])
    return message


def _compare(content: bytes, headers: Mapping[str, str], text: str, pdf: bytes) -> None:
    """Raise InputError unless a reader finds exactly what was meant: headers, sender, body and attachment."""
    read = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(read, EmailMessage)
    attachments = list(read.iter_attachments())
    body = read.get_body(("plain",))
    same = (
        sorted(read.keys()) == sorted([*headers, "MIME-Version", "Content-Type"])
        # a value that stands whole on the line below its name keeps the space that says so
        and all(read[name].lstrip() == value for name, value in headers.items())
        and (not headers.get("From") or len(read["From"].addresses) == 1)
        and not read.get_all("To", []) + read.get_all("Cc", []) + read.get_all("Bcc", [])
        and body is not None
        and body.get_content().replace("\r\n", "\n") == text
        and len(attachments) == 1
        and attachments[0].get_content() == pdf
    )
    if not same:
        raise InputError("eml.reads_differently")
