"""The words by which the sentence splitter tells a stop that ends a sentence from one that shortens a word.

All words are keys as `word_key` makes them: lower case, one spelling for old and new orthography. Words of several
parts are joined by their stops alone ("т.д", "p.m"). The two scripts share no key, so tables of several languages may
be united. The lists hold kinds of words that reports, letters and books use, not words of one text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache

from align.model.language import primary

# Soft hyphen, zero-width space and joiners, byte-order mark, stress mark: inside words, and no part of them.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301"

# Old letters and their present-day equals, so that one entry serves both orthographies; long s likewise.
_SPELLING = {ord(sign): None for sign in INVISIBLE} | str.maketrans("ёѣіїѳѵſ’", "ееиифиs'")


# Characters. No entry of a table is as long; a longer word is not worth a place among the kept ones.
_LONGEST_KEPT = 40


def word_key(word: str) -> str:
    """Return the form of a word in the tables; "Въ" and "В" are both "в"."""
    return _kept_key(word) if len(word) <= _LONGEST_KEPT else _key(word)


def _key(word: str) -> str:
    return word.lower().translate(_SPELLING).removesuffix("ъ")


_kept_key = lru_cache(maxsize=1 << 14)(_key)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The tables of one language; each says what a stop after its words may be.

    before: precedes a name or a number (titles, references): never an end. numbered: an ordinary word unless a
    number follows. weak: an end only before a word that is no name. last: an end before any beginning. units: as
    last, but a number may follow. counted: as units after a number, as weak otherwise unless also linking. starters:
    words that are no names and so, with a capital, begin a sentence. dating: words that a mere date
    consists of. months: month names. saying: beginnings of verbs of saying, as in "he said". joining:
    conjunctions that open a clause. linking: words after which nothing ends.
    """

    before: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    dating: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    shortened: frozenset[str] = field(init=False)
    """All words after which a stop is judged by a table."""
    endings: frozenset[str] = field(init=False)
    """The ends of those of several parts: "др" and "пр.др" of "и.пр.др"."""

    def __post_init__(self) -> None:
        tables = self.before, self.numbered, self.weak, self.last, self.units, self.counted
        shortened: frozenset[str] = frozenset().union(*tables)
        parted = [word.split(".") for word in shortened]
        endings = frozenset(".".join(parts[at:]) for parts in parted for at in range(1, len(parts)))
        object.__setattr__(self, "shortened", shortened)
        object.__setattr__(self, "endings", endings)

    def __or__(self, other: Words) -> Words:
        """Return the union, table by table."""
        return Words(**{f.name: getattr(self, f.name) | getattr(other, f.name) for f in fields(self) if f.init})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RUSSIAN_MONTHS = _set(
    """январь января январе янв февраль февраля феврале фев февр март марта марте мар апрель апреля апреле апр
    май мая мае июнь июня июне июль июля июле август августа августе авг сентябрь сентября сентябре сен сент
    октябрь октября октябре окт ноябрь ноября ноябре ноя нояб декабрь декабря декабре дек"""
)

RUSSIAN = Words(
    before=_set(
        """т.е т.к т.н т.наз и.о в.о т.ч с.д с.р p.s акад проф доц тов гр гг г-н г-жа инж арх реж ген подполк
        кап лейт адм св свв преп архиеп еп митр прот свящ кн имп герц см ср напр сравн ул пл пер просп наб бульв
        корп гл стр стлб рис илл табл прил вып тт изд ред сост вступ примеч прим цит черн зав зам пом нач пред
        предс секр упр уполн чл корр кор ок прибл дер пос ст-ца бр сестр дж вл ал серг мих"""
    ),
    weak=_set(
        """обл уд вол р-н соч сб журн англ франц фр герм русск рус греч итал исп польск укр урожд бывш быв мин
        воен внутр иностр ком деп гос жел дор ж.д пр ф ст янв фев февр мар апр авг сен сент окт ноя нояб дек пн
        вт чт пт"""
    ),
    last=_set("т.д т.п и.др и.пр др проч и.проч н.э т.о с.г т.г р.х"),
    units=_set(
        """руб коп тыс млн млрд чел экз шт км кг мм см.куб долл фунт фунт.ст пуд саж дес га мес нед дн сек четв
        ведр десят биллион"""
    ),
    counted=_set("г гг в вв р к ч м т с л п д мин стр кв ст фр ф х"),
    starters=_set(
        """я ты он она оно мы вы они это этот эта эти то тот та те такой такая такие таков в во на с со к ко у о
        об обо от до из изо за по под при про для без над перед между через после среди около кроме и а но да
        или либо что чтобы чтоб кто как какой какая какие когда где куда откуда почему отчего зачем сколько если
        ежели хотя хоть так там тут здесь туда сюда потом затем теперь тогда сейчас уже еще все всё весь вся
        всего его ее их мой моя мои наш наша наши ваш ваша ваши свой не ни нет никто ничто ничего никогда нигде
        только лишь даже ведь же также тоже однако впрочем поэтому потому оттого сам сама само сами каждый
        каждая всякий один одна одни другой другая другие некоторые многие который которая сегодня вчера завтра
        наконец вот вообще вероятно конечно может быть был была было были будет есть мне меня нам нас ему ей им
        вам вас тебе тебя мной собою себя иначе вместо кажется говорят впоследствии сначала сперва вскоре снова
        опять итак значит сей сия сие сии оный оная коего сего того этого этому той"""
    ),
    dating=_set(
        """в во с со к ко до по от на около после перед летом зимой зимою весной весною осенью утром вечером
        днем ночью лето лета зиму весну осень начале конце середине половине течение и а но что как когда еще
        уже только лишь же г гг году года год годах годов века веке век вв число числа часов часа ч мин р х н э
        т ок первой второй"""
    ),
    months=_RUSSIAN_MONTHS,
    saying=_set(
        """сказал сказала говорит говорил спросил спрашив переспросил ответил отвеча ответств крикнул вскрича
        вскрикнул закрича воскликн прошепта шепнул шепта пробормота бормота заметил прибавил добавил продолжа
        перебил возраз повтор произнес проговор промолв молвил отозвал подтверд осведомил подхвати"""
    ),
    joining=_set("и а но или что чтобы как когда где если хотя"),
    linking=_set("и а но или в на с к у о от до из за по для без не ни что чтобы если как"),
)

_ENGLISH_MONTHS = _set(
    """january jan february feb febr march mar april apr may june jun july jul august aug september sep sept
    october oct octob november nov novemb december dec decemb"""
)

ENGLISH = Words(
    before=_set(
        """mr mrs ms messrs mme mlle mdme dr prof rev revd hon rt fr maj capt lieut lt sgt sergt corp cpl col
        adm brig cmdr comdr gov pres sen rep supt insp ald amb i.e e.g p.s viz cf vid vide op pp vol vols nos
        chap wm chas geo jno thos jas jos robt saml benj alex edw fredk mt ft.lt ca approx vs p"""
    ),
    numbered=_set("no art arts fig figs sec sect par pars ch pl ps bk pt pts vs ver l ll fol ff n nn box doc encl"),
    weak=_set(
        """st sts jr sr esq bart co cos corp inc ltd bros dept govt univ assn assoc ave rd blvd bldg sq u.s
        u.s.a u.k u.s.s.r n.y ph.d m.d b.a m.a m.p d.c ed eds edit trans tr ms mss ibid id cit loc al sc anon
        inst ult prox jan feb febr mar apr jun jul aug sep sept oct octob nov novemb dec decemb tues wed thurs
        fri gen lat fr ger"""
    ),
    last=_set("etc &c a.m p.m am pm a.d b.c m.p.h"),
    counted=_set("s d ft in lb lbs oz cwt doz hr hrs min yd yds mi m km kg cm mm g ct cts fr frs"),
    starters=_set(
        """i he she it we they you one the a an this that these those there here then thus his her its our their
        my your in on at by from with to of for as after before when whenever while if though although but and
        or so yet nor not no what who whom whose why how where which now once since until till during under over
        upon among between through within without both all some many most much few several such every each any
        another other others none also however moreover therefore meanwhile otherwise perhaps nobody nothing
        everybody everything somebody something is was are were be been has had have do does did it's he's
        that's there's it'll i'm i've i'd i'll we're they're don't today yesterday tomorrow 'tis 'twas neither
        either even only again still soon later finally indeed"""
    ),
    dating=_set(
        """at by in on from to until till before after about around early late the of and but that when since
        circa noon midnight p m a morning evening night afternoon spring summer autumn winter day a.m p.m
        o'clock"""
    ),
    months=_ENGLISH_MONTHS,
    saying=_set(
        """said say asked asks ask replied replies reply answered answers answer cried cries cry exclaim inquire
        enquire whisper murmur mutter shouted shouts called added adds began begins continued continues observed
        remark repeated repeats retort demanded begged interrupt stammer growl gasped screamed yelled protested
        insisted declared announced suggested wondered explained agreed objected persisted rejoined quoth echoed"""
    ),
    joining=_set("and but or that when while if as because although where"),
    linking=_set("and but or nor the a an to of in on at by for with from that if as when because not is am are was"),
)

# German and French words that letters in other languages share with ours in kind; a start, not a study.
OTHER = Words(
    before=_set("hr hrn fr frl z.b d.h u.a bzw vgl nr bd s.a m mm mgr sr sra don ks"),
    last=_set("usw u.s.w u.dgl"),
    weak=_set("str geb gest hrsg"),
)

EVERY = RUSSIAN | ENGLISH | OTHER
_BY_LANGUAGE = {"en": ENGLISH, "ru": RUSSIAN | ENGLISH}


def words_of(language: str) -> Words:
    """Return the tables for a BCP 47 language; Russian texts quote English ones, other languages get the union."""
    return _BY_LANGUAGE.get(primary(language), EVERY)
