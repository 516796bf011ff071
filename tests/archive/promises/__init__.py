"""Each guard of a gallring, and beside it the control: what happens where the guard is taken away (R17, R18)."""

CANARY = "kanariefågel-5b0d"
