"""Files with the accounts that exist today: read, understood, compared with the register (R06).

`files` turns bytes into rows, whatever program wrote them; `columns` and `headings` find out what the columns are;
`names` knows what the register calls things; `resource` (django-import-export) reads a row's cells; `compare` says
what each row would do. Nothing here changes anything: that is `accounts.services.imports`.
"""
