"""What platforms make links of: addresses without ``https://``, accounts and hashtags.

Hashtags are made so that screen readers can read them and every platform links them.

The top-level domains are those that make a bare name such as ``example.org`` a link on X. Measured
by asking npm twitter-text 3.1.0 (2021) about each domain of the root zone: withdrawn ones that it
still knows are here, younger ones that it does not know are not.

Bluesky links nothing by itself: a program that posts sends the places of links along (facets,
``app.bsky.richtext.facet``). Their rules are those of the official client library, confirmed
against npm @atproto/api 0.19.19.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from stopjihad.text.web.addresses import trim_address

_NO_WIDTH = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
NAME_DOTS, NAME_SIGNS = ".\u2024\u3002\ufe52\uff0e\uff61", "@#\ufe5f\ufe6b\uff03\uff20"
"""What stands in a name that platforms turn into a link, and before one."""

IN_NAME = rf"(?:[^\W\d_]|[{_NO_WIDTH}])"
"""A pattern of what goes on with such a name after a dot."""

MAY_BE_BARE = rf"[{NAME_DOTS}{NAME_SIGNS}](?:(?<=[{NAME_SIGNS}])|(?<=[\w{_NO_WIDTH}-].){IN_NAME})"
"""A pattern of what such a name has. Beginning with one set of characters, it takes half the time
of two."""

_MAYBE = re.compile(MAY_BE_BARE)
_WIDE_DOT = re.compile(r"(?<=[A-Za-z0-9-])[\u3002\uff61](?=[A-Za-z0-9-])")
_BARE = re.compile(
    r"(?<![\w@.-])(?:(?P<labels>(?:[\w-]++\.(?=[^\W_]))++)(?P<top>[^\W\d_]++)(?![A-Za-z0-9@+-])(?P<path>/\S*)?"
    r"|@[\w.]{2,}|#(?P<tag>\w*[^\W\d_]\w*))"
)
_WITH_SCHEME = re.compile(r"(?<![A-Za-z0-9+.-])([0-9+.-]*+)[A-Za-z][A-Za-z0-9+.-]*+://\S+")
"""An address, behind signs that no scheme begins with. A long word is looked at once: without what
stands before it, from each of its letters on."""

_UNSEEN = re.compile(f"[{_NO_WIDTH}]")
_ALSO = frozenset({"example", "i2p", "invalid", "local", "localhost", "onion", "test"})
"""Endings of names that are no top-level domains of X and still look like addresses."""


def may_be_bare(text: str) -> bool:
    """Tell whether a text could name an address, account or hashtag: most cannot."""
    return _MAYBE.search(text) is not None


def bare_names(text: str) -> list[str]:
    """Find addresses and accounts that platforms turn into links, without ``https://``.

    Returns:
        Addresses such as ``t.me/x`` or ``example.org`` in small letters, with the dots that
        platforms take for one, and names such as ``@someone``. Abbreviations are none: of two
        labels with one or two letters each, only those with a path count.
    """
    if not may_be_bare(text):
        return []
    found = []
    for match in _BARE.finditer(_as_platforms_see(text)):
        if match["tag"] is not None:
            continue
        if match["top"] is None:
            found.append(trim_address(match[0]).lower())
            continue
        known = match["top"].lower() in TOP_LEVEL_DOMAINS or match["top"].lower() in _ALSO
        short = len(match["top"]) < 3 and len(match["labels"]) < 4
        if known and (match["path"] or not short):
            found.append(trim_address(match[0]).lower())
    return found


def bare_hashtags(text: str) -> list[str]:
    """Find the hashtags of a text: ``#`` and a word with a letter, as platforms link it.

    Returns:
        The tags in small letters with their ``#``, in order.
    """
    if not may_be_bare(text):
        return []
    found = _BARE.finditer(_as_platforms_see(text))
    return [match[0].lower() for match in found if match["tag"] is not None]


def _as_platforms_see(text: str) -> str:
    """Write wide letters as usual ones, and leave out unseen ones and addresses with a scheme."""
    seen = _UNSEEN.sub("", text.replace("\u2026", " "))  # NFKC would make full stops of it
    plain = unicodedata.normalize("NFKC", _WIDE_DOT.sub(".", seen))
    return _WITH_SCHEME.sub(r"\1 ", plain)


_LIST = """
    aaa aarp abarth abb abbott abbvie abc able abogado abudhabi ac academy accenture accountant
    accountants aco active actor ad adac ads adult ae aeg aero aetna af afamilycompany afl africa
    ag agakhan agency ai aig aigo airbus airforce airtel akdn al alfaromeo alibaba alipay allfinanz
    allstate ally alsace alstom am americanexpress americanfamily amex amfam amica amsterdam an
    analytics android anquan anz ao aol apartments app apple aq aquarelle ar arab aramco archi army
    arpa art arte as asda asia associates at athleta attorney au auction audi audible audio auspost
    author auto autos avianca aw aws ax axa az azure ba baby baidu banamex bananarepublic band bank
    bar barcelona barclaycard barclays barefoot bargains baseball basketball bauhaus bayern bb bbc
    bbt bbva bcg bcn bd be beats beauty beer bentley berlin best bestbuy bet bf bg bh bharti bi
    bible bid bike bing bingo bio biz bj bl black blackfriday blanco blockbuster blog bloomberg
    blue bm bms bmw bn bnl bnpparibas bo boats boehringer bofa bom bond boo book booking boots
    bosch bostik boston bot boutique box bq br bradesco bridgestone broadway broker brother
    brussels bs bt budapest bugatti build builders business buy buzz bv bw by bz bzh ca cab cafe
    cal call calvinklein cam camera camp cancerresearch canon capetown capital capitalone car
    caravan cards care career careers cars cartier casa case caseih cash casino cat catering
    catholic cba cbn cbre cbs cc cd ceb center ceo cern cf cfa cfd cg ch chanel channel charity
    chase chat cheap chintai chloe christmas chrome chrysler church ci cipriani circle cisco
    citadel citi citic city cityeats ck cl claims cleaning click clinic clinique clothing cloud
    club clubmed cm cn co coach codes coffee college cologne com comcast commbank community company
    compare computer comsec condos construction consulting contact contractors cooking
    cookingchannel cool coop corsica country coupon coupons courses cpa cr credit creditcard
    creditunion cricket crown crs cruise cruises csc cu cuisinella cv cw cx cy cymru cyou cz dabur
    dad dance data date dating datsun day dclk dds de deal dealer deals degree delivery dell
    deloitte delta democrat dental dentist desi design dev dhl diamonds diet digital direct
    directory discount discover dish diy dj dk dm dnp do docs doctor dodge dog doha domains doosan
    dot download drive dtv dubai duck dunlop duns dupont durban dvag dvr dz earth eat ec eco edeka
    edu education ee eg eh email emerck energy engineer engineering enterprises epost epson
    equipment er ericsson erni es esq estate esurance et etisalat eu eurovision eus events everbank
    exchange expert exposed express extraspace fage fail fairwinds faith family fan fans farm
    farmers fashion fast fedex feedback ferrari ferrero fi fiat fidelity fido film final finance
    financial fire firestone firmdale fish fishing fit fitness fj fk flickr flights flir florist
    flowers flsmidth fly fm fo foo food foodnetwork football ford forex forsale forum foundation
    fox fr free fresenius frl frogans frontdoor frontier ftr fujitsu fujixerox fun fund furniture
    futbol fyi ga gal gallery gallo gallup game games gap garden gay gb gbiz gd gdn ge gea gent
    genting george gf gg ggee gh gi gift gifts gives giving gl glade glass gle global globo gm
    gmail gmbh gmo gmx gn godaddy gold goldpoint golf goo goodhands goodyear goog google gop got
    gov gp gq gr grainger graphics gratis green gripe grocery group gs gt gu guardian gucci guge
    guide guitars guru gw gy hair hamburg hangout haus hbo hdfc hdfcbank health healthcare help
    helsinki here hermes hgtv hiphop hisamitsu hitachi hiv hk hkt hm hn hockey holdings holiday
    homedepot homegoods homes homesense honda honeywell horse hospital host hosting hot hoteles
    hotels hotmail house how hr hsbc ht htc hu hughes hyatt hyundai ibm icbc ice icu id ie ieee ifm
    iinet ikano il im imamat imdb immo immobilien in inc industries infiniti info ing ink institute
    insurance insure int intel international intuit investments io ipiranga iq ir irish is iselect
    ismaili ist istanbul it itau itv iveco iwc jaguar java jcb jcp je jeep jetzt jewelry jio jlc
    jll jm jmp jnj jo jobs joburg jot joy jp jpmorgan jprs juegos juniper kaufen kddi ke
    kerryhotels kerrylogistics kerryproperties kfh kg kh ki kia kim kinder kindle kitchen kiwi km
    kn koeln komatsu kosher kp kpmg kpn kr krd kred kuokgroup kw ky kyoto kz la lacaixa ladbrokes
    lamborghini lamer lancaster lancia lancome land landrover lanxess lasalle lat latino latrobe
    law lawyer lb lc lds lease leclerc lefrak legal lego lexus lgbt li liaison lidl life
    lifeinsurance lifestyle lighting like lilly limited limo lincoln linde link lipsy live living
    lixil lk llc llp loan loans locker locus loft lol london lotte lotto love lpl lplfinancial lr
    ls lt ltd ltda lu lundbeck lupin luxe luxury lv ly ma macys madrid maif maison makeup man
    management mango map market marketing markets marriott marshalls maserati mattel mba mc mcd
    mcdonalds mckinsey md me med media meet melbourne meme memorial men menu meo merckmsd metlife
    mf mg mh miami microsoft mil mini mint mit mitsubishi mk ml mlb mls mm mma mn mo mobi mobile
    mobily moda moe moi mom monash money monster montblanc mopar mormon mortgage moscow moto
    motorcycles mov movie movistar mp mq mr ms msd mt mtn mtpc mtr mu museum mutual mutuelle mv mw
    mx my mz na nab nadex nagoya name nationwide natura navy nba nc ne nec net netbank netflix
    network neustar new newholland news next nextdirect nexus nf nfl ng ngo nhk ni nico nike nikon
    ninja nissan nissay nl no nokia northwesternmutual norton now nowruz nowtv np nr nra nrw ntt nu
    nyc nz obi observer off office okinawa olayan olayangroup oldnavy ollo om omega one ong onion
    onl online onyourside ooo open oracle orange org organic orientexpress origins osaka otsuka ott
    ovh pa page pamperedchef panasonic panerai paris pars partners parts party passagens pay pccw
    pe pet pf pfizer pg ph pharmacy phd philips phone photo photography photos physio piaget pics
    pictet pictures pid pin ping pink pioneer pizza pk pl place play playstation plumbing plus pm
    pn pnc pohl poker politie porn post pr pramerica praxi press prime pro prod productions prof
    progressive promo properties property protection pru prudential ps pt pub pw pwc py qa qpon
    quebec quest qvc racing radio raid re read realestate realtor realty recipes red redstone
    redumbrella rehab reise reisen reit reliance ren rent rentals repair report republican rest
    restaurant review reviews rexroth rich richardli ricoh rightathome ril rio rip rmit ro rocher
    rocks rodeo rogers room rs rsvp ru rugby ruhr run rw rwe ryukyu sa saarland safe safety sakura
    sale salon samsclub samsung sandvik sandvikcoromant sanofi sap sapo sarl sas save saxo sb sbi
    sbs sc sca scb schaeffler schmidt scholarships school schule schwarz science scjohnson scor
    scot sd se search seat secure security seek select sener services ses seven sew sex sexy sfr sg
    sh shangrila sharp shaw shell shia shiksha shoes shop shopping shouji show showtime shriram si
    silk sina singles site sj sk ski skin sky skype sl sling sm smart smile sn sncf so soccer
    social softbank software sohu solar solutions song sony soy space spiegel sport spot
    spreadbetting sr srl srt ss st stada staples star starhub statebank statefarm statoil stc
    stcgroup stockholm storage store stream studio study style su sucks supplies supply support
    surf surgery suzuki sv swatch swiftcover swiss sx sy sydney symantec systems sz tab taipei talk
    taobao target tatamotors tatar tattoo tax taxi tc tci td tdk team tech technology tel telecity
    telefonica temasek tennis teva tf tg th thd theater theatre tiaa tickets tienda tiffany tips
    tires tirol tj tjmaxx tjx tk tkmaxx tl tm tmall tn to today tokyo tools top toray toshiba total
    tours town toyota toys tp tr trade trading training travel travelchannel travelers
    travelersinsurance trust trv tt tube tui tunes tushu tv tvs tw tz ua ubank ubs uconnect ug uk
    um unicom university uno uol ups us uy uz va vacations vana vanguard vc ve vegas ventures
    verisign vermögensberater vermögensberatung versicherung vet vg vi viajes video vig viking
    villas vin vip virgin visa vision vista vistaprint viva vivo vlaanderen vn vodka volkswagen
    volvo vote voting voto voyage vu vuelos wales walmart walter wang wanggou warman watch watches
    weather weatherchannel webcam weber website wed wedding weibo weir wf whoswho wien wiki
    williamhill win windows wine winners wme wolterskluwer woodside work works world wow ws wtc wtf
    xbox xerox xfinity xihuan xin xperia xxx xyz yachts yahoo yamaxun yandex ye yodobashi yoga
    yokohama you youtube yt yun za zappos zara zero zip zippo zm zone zuerich zw ελ ευ бг бел дети
    ею католик ком мкд мон москва онлайн орг рус рф сайт срб укр қаз հայ קום ابوظبي اتصالات ارامكو
    الاردن البحرين الجزائر السعودية العليان المغرب امارات ایران بارت بازار بيتك بھارت تونس سودان
    سورية شبكة عراق عرب عمان فلسطين قطر كاثوليك كوم مصر مليسيا موبايلي موريتانيا موقع همراه پاکستان
    ڀارت कॉम नेट भारत भारतम् भारोत संगठन বাংলা ভারত ভাৰত ਭਾਰਤ ભારત ଭାରତ இந்தியா இலங்கை சிங்கப்பூர்
    భారత్ ಭಾರತ ഭാരതം ලංකා คอม ไทย ລາວ გე みんな クラウド グーグル コム ストア セール ファッション
    ポイント 世界 中信 中国 中國 中文网 企业 佛山 信息 健康 八卦 公司 公益 台湾 台灣 商城 商店 商标
    嘉里 嘉里大酒店 在线 大众汽车 大拿 天主教 娱乐 家電 工行 广东 微博 慈善 我爱你 手机 手表 招聘
    政务 政府 新加坡 新闻 时尚 書籍 机构 淡马锡 游戏 澳門 点看 珠宝 移动 组织机构 网址 网店 网站
    网络 联通 诺基亚 谷歌 购物 通販 集团 電訊盈科 飞利浦 食品 餐厅 香格里拉 香港 닷넷 닷컴 삼성
    한국
"""
TOP_LEVEL_DOMAINS = frozenset(_LIST.split())
"""Generic and country domains, lower case, in Unicode form; case-insensitive when matched."""


Kind = Literal["link", "tag", "mention"]

_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""White space of ECMAScript, which is not that of Python."""

_JOINERS = "\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2"
_BEFORE = f"(?:^|[{_SPACE}(])"
_MENTION = re.compile(rf"{_BEFORE}@([a-zA-Z0-9.-]+)(?<=[a-zA-Z0-9])(?![a-zA-Z0-9_])|{_BEFORE}@")
_LINK = re.compile(
    rf"(?:^|[{_SPACE}(])"
    rf"(?P<uri>https?://[^{_SPACE}]+|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)[^{_SPACE}]*)",
    re.IGNORECASE | re.MULTILINE | re.ASCII,
)
_TAG = re.compile(rf"(?:^|(?<=[{_SPACE}]))[#＃](?!\ufe0f)(?P<tag>[^{_SPACE}{_JOINERS}]+)")
_TICKER = re.compile(
    rf"(?:^|(?<=[{_SPACE}(]))\$(?P<ticker>[A-Za-z][A-Za-z0-9]{{0,4}})"
    rf"(?=[{_SPACE}.,;:!?)\"'\u2019]|$)"
)
_MOST_TAG = 64
"""Longest tag in UTF-16 units that the client library accepts; 64 graphemes in the lexicon."""


class Facet(msgspec.Struct, frozen=True, order=True):
    """Mark bytes ``start`` (inclusive) to ``end`` (exclusive) of the text in UTF-8."""

    start: int
    end: int
    kind: Kind
    value: str


def find_facets(text: str) -> tuple[Facet, ...]:
    """Find the facets of a Bluesky post.

    Returns:
        Links with their address, tags without ``#``, mentions without ``@``, by place.
    """
    found = [*_mentions(text), *_links(text), *_tags(text), *_tickers(text)]
    return tuple(sorted(found))


def _facet(text: str, start: int, end: int, kind: Kind, value: str) -> Facet:
    first = len(text[:start].encode("utf-8", "surrogatepass"))
    size = len(text[start:end].encode("utf-8", "surrogatepass"))
    return Facet(first, first + size, kind, value)


def _mentions(text: str) -> Iterator[Facet]:
    for match in _MENTION.finditer(text):
        handle = match[1]
        if handle and (is_domain(handle) or handle.endswith(".test")):
            yield _facet(text, match.start(1) - 1, match.end(1), "mention", handle)


def _links(text: str) -> Iterator[Facet]:
    for match in _LINK.finditer(text):
        written = match["uri"]
        if not written.startswith("http") and not is_domain(match["domain"] or ""):
            continue
        shown = written
        if shown[-1] in ".,;:!?":
            shown = shown[:-1]
        if shown.endswith(")") and "(" not in shown:
            shown = shown[:-1]
        address = shown if written.startswith("http") else f"https://{shown}"
        start = match.start("uri")
        yield _facet(text, start, start + len(shown), "link", address)


def is_domain(name: str) -> bool:
    """Tell whether a name ends with a top-level domain."""
    _, dot, last = name.rpartition(".")
    return bool(dot) and last in TOP_LEVEL_DOMAINS


def _tags(text: str) -> Iterator[Facet]:
    for match in _TAG.finditer(text):
        tag = match["tag"]
        if not any(_counts(character) for character in tag):
            continue
        while tag and unicodedata.category(tag[-1])[0] == "P":
            tag = tag[:-1]
        if tag and len(tag.encode("utf-16-le", "surrogatepass")) // 2 <= _MOST_TAG:
            start = match.start()
            yield _facet(text, start, start + 1 + len(tag), "tag", tag)


def _counts(character: str) -> bool:
    """Digits and punctuation alone make no tag."""
    return not ("0" <= character <= "9") and unicodedata.category(character)[0] != "P"


def _tickers(text: str) -> Iterator[Facet]:
    for match in _TICKER.finditer(text):
        yield _facet(text, match.start(), match.end(), "tag", f"${match['ticker'].upper()}")


_BREAKS = re.compile(r"[\s_\-‐‑–—/.,:;!?&+'’]+")


def hashtag(words: str) -> str:
    """Make one hashtag from words, or mend one that was written by hand.

    Each word starts with a capital where its script has capitals, so that screen readers say the
    words and not one long noise (UK Government Communication Service, accessible social media
    campaigns). Words of other scripts are joined by underscores, as their readers do. Only
    letters, marks, digits and underscores remain: what all platforms take for one tag.

    Args:
        words: with or without ``#``, such as ``#stop jihadism`` or ``ensemble``.

    Returns:
        The tag with its ``#``, or an empty text when no letter is left: digits alone are no tag.
    """
    kept = [_keep_letters(word) for word in _BREAKS.split(unicodedata.normalize("NFC", words))]
    kept = [word for word in kept if word]
    if not any(unicodedata.category(character)[0] == "L" for word in kept for character in word):
        return ""
    cased = any(character.lower() != character.upper() for word in kept for character in word)
    joined = "".join(_capital(word) for word in kept) if cased else "_".join(kept)
    return f"#{joined}"


def _keep_letters(word: str) -> str:
    """Keep letters, marks and digits; a zero-width non-joiner holds Persian words together."""
    kept = "".join(c for c in word if unicodedata.category(c)[0] in "LMN" or c == "\u200c")
    return kept.strip("\u200c")


def _capital(word: str) -> str:
    return word if word[:1].isupper() else word[:1].upper() + word[1:]


@lru_cache(maxsize=16)  # all drafts of a language share their hashtags
def hashtags(tags: tuple[str, ...], most: int | None) -> tuple[str, ...]:
    """Make the hashtags of a post.

    Args:
        most: how many at most; None for no limit.
    """
    made: dict[str, str] = {}
    for tag in tags:
        ready = hashtag(tag)
        if ready:
            made.setdefault(ready.casefold(), ready)
    found = tuple(made.values())
    return found if most is None else found[:most]
