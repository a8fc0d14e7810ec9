"""Sources and pages of the site in the vocabularies of others, a file each.

CSL-JSON (`csl`) is made from the records; what reference managers take in
(`bibtex`, `ris`), what readers see (`styles`) and most of what the head of a
page says (`highwire`, `dublin_core`) is made from it.
"""
