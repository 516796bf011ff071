"""What a stop reaches besides the record itself."""

from typing import Final

ACCOUNT: Final = {"accounts.account": "account"}
