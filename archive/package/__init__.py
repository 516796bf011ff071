"""A leverans to the e-archive as one file: E-ARK SIP 2.1.0, which is FGS Paketstruktur 2.0 (R07, R17, R18).

Pure: what is packed is handed in, and nothing here knows of the database or of a storage. METS says what is in the
package and its fingerprints, PREMIS what happened to each file, ERMS (FGS Ärendehantering 2.0) what the diarium says.
"""
