"""The rules of TMX 1.4b for what a translation memory may hold, written anew from the public definition."""

from __future__ import annotations

from functools import cache
from io import StringIO

from lxml import etree

# Section 3.2 and 3.3: each element with its content, each attribute with whether it must be there.
_SHARED = """
  creationtool CDATA #IMPLIED creationtoolversion CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED o-tmf CDATA #IMPLIED o-encoding CDATA #IMPLIED
  datatype CDATA #IMPLIED usagecount CDATA #IMPLIED lastusagedate CDATA #IMPLIED"""
_SEGMENT_TYPE = "(block|paragraph|sentence|phrase)"
_RULES = f"""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*>
<!ATTLIST header
  creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED segtype {_SEGMENT_TYPE} #REQUIRED
  o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT note (#PCDATA)> <!ATTLIST note o-encoding CDATA #IMPLIED xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT ude (map+)> <!ATTLIST ude name CDATA #REQUIRED base CDATA #IMPLIED>
<!ELEMENT map EMPTY>
<!ATTLIST map unicode CDATA #REQUIRED code CDATA #IMPLIED ent CDATA #IMPLIED subst CDATA #IMPLIED>
<!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED segtype {_SEGMENT_TYPE} #IMPLIED {_SHARED}>
<!ELEMENT tuv ((note|prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED {_SHARED}>
<!ELEMENT seg (#PCDATA)>
"""


@cache
def _rules() -> etree.DTD:
    return etree.DTD(StringIO(_RULES))


def tmx_faults(data: bytes) -> list[str]:
    """What is wrong with a translation memory: what the rules say, ids that repeat, units without their source."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    rules = _rules()
    found = [] if rules.validate(root) else [entry.message for entry in rules.error_log]
    identifiers = [unit.get("tuid") for unit in root.iter("tu")]
    found += [f"{name} repeats" for name in set(identifiers) if identifiers.count(name) > 1]
    for unit in root.iter("tu"):
        languages = [variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in unit.iter("tuv")]
        if unit.get("srclang", root[0].get("srclang")) not in languages:
            found.append(f"{unit.get('tuid')} has no text in its source language")
    return found
