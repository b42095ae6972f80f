"""Which elements of TEI P5 may hold a sentence (s, seg), and which may stand in one.

The names are those of the content models of version 4.3; a test compares them with its schema. Elements of a user's
own, which no schema of the TEI knows, are neither: marks are put into the known elements around and in them.
"""

from __future__ import annotations

# What may have an s as its child.
_HOLDS_SENTENCES = """
ab abbr accMat acquisition actor add addName additions addrLine affiliation author bibl biblScope birth bloc
byline camera caption case castItem catchwords cell change citedRange cl closer collation colloc colophon
condition corr country custEvent damage date dateline death decoNote def del dictScrap distinct distributor
district docAuthor docDate docEdition docImprint edition editor education eg email emph entryFree etym expan
explicit extent faith filiation finalRubric floruit foliation foreign forename form fw gen genName geoDecl
geogFeat geogName gloss gram gramGrp handNote head headItem headLabel heraldry hi hyph iType imprimatur incipit
item l label lang layout lbl lem licence material measure mentioned metamark mod mood musicNotation name
nameLink nationality note num number objectName objectType occupation offset opener orgName orig origDate
origPlace origin orth p per persName persPronouns phr placeName pos pron provenance pubPlace publisher q quote
rb rdg re ref reg region residence restore retrace rhyme role roleDesc roleName rs rt rubric s said salute
scriptNote secFol secl seg sense settlement sex sic signatures signed soCalled socecStatus sound source speaker
stage stamp street stress subc summary supplied support surname surplus surrogates syll tech term textLang time
title titlePart tns trailer typeNote u unclear unit usg view watermark wit witDetail writing xr
"""
HOLDS_SENTENCES = frozenset(_HOLDS_SENTENCES.split())

# What may be a child of s, but for s itself, which the Guidelines do not allow in another.
_IN_SENTENCES = """
abbr add addName addSpan address affiliation alt altGrp am anchor app att binaryObject bloc c caesura catchwords
cb certainty choice cit cl climate code corr country damage damageSpan date del delSpan depth dim dimensions
distinct district ellipsis email emph ex expan fLib figure floatingText foreign forename formula fs fvLib fw g
gap gb genName geo geogFeat geogName gi gloss graphic handShift height heraldry hi ident idno incident index
interp interpGrp join joinGrp kinesic lang lb link linkGrp listTranspose location locus locusGrp m material
measure measureGrp media mentioned metamark milestone mod name nameLink notatedMusic note noteGrp num oRef
objectName objectType offset orgName orig origDate origPlace pRef pause pb pc persName persPronouns phr
placeName population precision ptr q quote redo ref reg region respons restore retrace rhyme roleName rs ruby
said secFol secl seg settlement shift sic signatures soCalled space span spanGrp specDesc specList stamp state
subst substJoin supplied surname surplus tag term terrain time timeline title trait unclear undo unit val vocal
w watermark width witDetail writing
"""
IN_SENTENCES = frozenset(_IN_SENTENCES.split())

# What has words and may be a child of s, but has no s: it belongs to the sentence in which it begins, whole.
_UNDIVIDED = """
am binaryObject c code depth dim ex formula g geo height ident idno interp locus m measureGrp oRef pRef pc span
tag val w width
"""
UNDIVIDED = frozenset(_UNDIVIDED.split())
