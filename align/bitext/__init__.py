"""Text to text: which sentences of a translation say what which sentences of the original say."""

from align.bitext.lexicon import Lexicon, shipped_lexicon
from align.bitext.sentences import align_sentences

__all__ = ["Lexicon", "align_sentences", "shipped_lexicon"]
