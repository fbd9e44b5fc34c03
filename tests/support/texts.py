"""Texts in many languages, and the awkward pieces that break counters."""

from __future__ import annotations

import random
import re

SENTENCES = {
    "ar": "وُلد الناس أحرارًا متساوين في الكرامة والحقوق، ولا أحد يملك حياة غيره.",
    "am": "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права.",
    "bn": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।",
    "bs": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima.",
    "cs": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv.",
    "da": "Alle mennesker er født frie og lige i værdighed og rettigheder.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren – überall.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "en": "All human beings are born free and equal in dignity and rights.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos. ¿Y tú?",
    "fa": "تمام افراد بشر آزاد زاده می‌شوند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité : c’est « l’essentiel ».",
    "ha": "Su dai yan-adam, ana haifuwarsu ne duka yantattu, ƙanƙane da daraja.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है।",
    "hy": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ։",
    "id": "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak yang sama.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali: perché no?",
    "ja": "すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებით.",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "ku": "Hemû mirov azad û di weqar û mafan de wekhev tên dinyayê.",
    "ml": "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടും ജനിച്ചവരാണ്.",
    "my": "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် မွေးဖွားလာသူများ ဖြစ်သည်။",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności.",
    "ps": "د بشر ټول افراد آزاد نړۍ ته راځي او د حيثيت له پلوه سره برابر دي.",
    "pt": "Todos os seres humanos nascem livres e iguais; ninguém é menos.",
    "ru": "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "so": "Aadanaha dhammaantiis wuxuu dhashaa isagoo xor ah kana siman xagga sharafta.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter.",
    "sw": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa.",
    "ta": "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Işık, İğne.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm.",
    "yo": "Gbogbo ènìyàn ni a bí ní òmìnira; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba.",
    "zh": "人人生而自由,在尊严和权利上一律平等。",
}
"""The first sentence of the Universal Declaration of Human Rights, more or less, by language."""

LINKS = (
    "https://example.org",
    "http://example.org/a/b?c=d&e=f#g",
    "HTTPS://EXAMPLE.ORG/ÉTÉ",
    "https://www.un.org/en/about-us/universal-declaration-of-human-rights.",
    "(https://en.wikipedia.org/wiki/Peace_(disambiguation))",
    "example.org",
    "www.example.co.uk/path,",
    "example.notatld",
    "пример.рф",
    "https://пример.испытание/путь",
    "例え.jp",
    "example.中国語",
    "user@example.org",
    "https://user:pw@example.org/",
    "https://t.co/abcDEF123?x=1",
    "https://t.co/" + "a" * 41,
    "http://192.168.0.1/a",
    "https://example.org:8443/x",
    "//example.org",
    "ftp://example.org/file",
    "foo_bar.example.org",
    "foo-.example.org",
    "https://example.org/a'b\"c",
    "example.org…",
    "https://example.org/?q=كلمة",
    "xn--80ak6aa92e.com",
    "https://" + "a" * 64 + ".org",
)

EMOJI = (
    "😀",
    "👍🏽",
    "👩‍⚕️",
    "👩🏿‍🚒",
    "👨‍👩‍👧‍👦",
    "👨🏻‍❤️‍👨🏿",
    "🏳️‍🌈",
    "🏴‍☠️",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "🇫🇷",
    "🇫🇷🇩🇪",
    "🇦🇧🇨",
    "1️⃣",
    "#️⃣",
    "☺️",
    "☺",
    "☺\ufe0e",
    "❤️‍🔥",
    "🐦‍🔥",
    "🫠",
    "🫱🏻‍🫲🏿",
    "🧑‍🌾",
    "👁️‍🗨️",
    "©",
    "©️",
    "™️",
    "⛹🏽‍♀️",
    "🕵️‍♂️",
    "🤝🏽",
    "\ufe0f",
)

AWKWARD = (
    "\u200f",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200d",
    "\u200b",
    "\ufeff",
    "e\u0301",
    "\u0301",
    "o\u0308\u0304",
    "ﬁ",
    "Å",
    "\u1100\u1161\u11a8",
    "各",
    "\r\n",
    "\n\n",
    "\t",
    "\u00a0",
    "\u3000",
    "“”",
    "‘’",
    "…",
    "—",
    "€",
    "^{}[]~\\|",
    "ç",
    "Ç",
    "#StopHate",
    "#قاوم_الكراهية",
    "＃全角",
    "#1",
    "#stand-with",
    "@someone",
    "@someone@mastodon.social",
    "$CASH",
    ".",
    "!",
    "?",
    "،",
    "؟",
    "。",
    "-",
    "_",
    "/",
    "(",
    ")",
)

JOINTS = ("", " ", " ", " ", "\n", "، ", ". ")


def texts(number: int, seed: int) -> list[str]:
    """Make texts: whole sentences, cut ones, links, emoji and awkward pieces, joined at random."""
    chance = random.Random(seed)
    languages = sorted(SENTENCES)
    pools = (LINKS, EMOJI, AWKWARD)
    made = [*SENTENCES.values(), *LINKS, *EMOJI, *AWKWARD]
    while len(made) < number:
        sentence = SENTENCES[languages[len(made) % len(languages)]]
        start = chance.randrange(len(sentence))
        pieces = [sentence[start : start + chance.randrange(1, 60)]]
        for _ in range(chance.randrange(5)):
            pool = chance.choice(pools)
            pieces.insert(chance.randrange(len(pieces) + 1), chance.choice(pool))
        text = pieces[0]
        for piece in pieces[1:]:
            text += chance.choice(JOINTS) + piece
        made.append(text)
    return made[:number]


def rejoin(parts: tuple[str, ...]) -> str:
    """Take the numbers of a thread's parts away, and join them: one paragraph each."""
    if len(parts) == 1:
        return parts[0]
    return "\n\n".join(re.sub(r"\s*\(?[0-9]+/[0-9]+\)?$", "", part) for part in parts)
