"""Text to text: which sentences of a translation say what which sentences of the original say."""

from align.bitext.embedding import Embedder
from align.bitext.lexicon.entries import Lexicon, shipped_lexicon
from align.bitext.lexicon.learning import relearn
from align.bitext.sentences import Ingredients, align_sentences

__all__ = ["Embedder", "Ingredients", "Lexicon", "align_sentences", "relearn", "shipped_lexicon"]
