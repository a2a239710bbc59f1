"""What is written about letters: the letter itself, its paper, what came back, and what people decide about it."""

from regulator.letters.addresses import Address
from regulator.letters.commands.deciding import post_on, readdress, send_again, settle
from regulator.letters.commands.printing import print_letter
from regulator.letters.commands.returning import came_back, refused
from regulator.letters.commands.writing import Recipient, text_hash, write
from regulator.letters.queries import contacts_of, holders_of

__all__ = [
    "Address",
    "Recipient",
    "came_back",
    "contacts_of",
    "holders_of",
    "post_on",
    "print_letter",
    "readdress",
    "refused",
    "send_again",
    "settle",
    "text_hash",
    "write",
]
