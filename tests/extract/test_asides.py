"""Buttons, notes of frames and calls amid a story leave it; sentences with their words stay."""

from itertools import chain

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

ASIDES = {
    "en": [
        "Story continues below advertisement",
        "Listen to this article",
        "Add the Harbour Times as a preferred source on Google",
        "Follow Harbour Times on WhatsApp",
        "Sign up for our newsletter",
        "Read in app",
        "Reading time: 3 min",
    ],
    "de": [
        "Mit Material von dpa",
        "Empfohlener redaktioneller Inhalt",
        "An dieser Stelle befindet sich ein externer Inhalt",
        "Artikel anhören",
        "Als bevorzugte Quelle auf Google festlegen",
        "Hier dem WhatsApp-Kanal folgen",
        "Lesedauer: 3 Min.",
    ],
    "fr": [
        "À lire également : le ferry repart",
        "La suite après cette publicité",
        "Écouter cet article",
        "Suivre notre chaîne WhatsApp",
        "Temps de lecture : 3 min",
        "Avec AFP",
    ],
    "es": [
        "Sigue leyendo",
        "La noticia continúa después de la publicidad",
        "Escucha la noticia",
        "Sigue nuestro canal de WhatsApp",
        "Añádenos como fuente preferida en Google",
    ],
    "it": [
        "L'articolo continua dopo la pubblicità",
        "Ascolta l'articolo",
        "Segui il canale WhatsApp",
        "Scegli Il Molo come fonte preferita su Google",
    ],
    "pt": [
        "Continua depois da publicidade",
        "Ouça este conteúdo",
        "Siga-nos no Google Notícias",
        "Adicione-nos como fonte preferida no Google",
    ],
    "nl": [
        "Artikel gaat verder onder de advertentie",
        "Tekst loopt door onder de foto",
        "Luister naar dit artikel",
        "Voeg De Kade toe als voorkeursbron op Google",
    ],
    "sv": [
        "Artikeln fortsätter efter annonsen",
        "Lyssna på artikeln",
        "Lägg till oss som föredragen källa på Google",
    ],
    "da": [
        "Artiklen fortsætter efter annoncen",
        "Lyt til artiklen",
        "Tilføj os som foretrukken kilde på Google",
    ],
    "no": [
        "Saken fortsetter under annonsen",
        "Lytt til saken",
        "Legg til oss som foretrukket kilde på Google",
    ],
    "fi": [
        "Juttu jatkuu mainoksen jälkeen",
        "Kuuntele artikkeli",
        "Lisää meidät suosituksi lähteeksi Googlessa",
    ],
    "pl": [
        "Dalsza część artykułu pod materiałem wideo",
        "Posłuchaj artykułu",
        "Ustaw nas jako preferowane źródło w Google",
    ],
    "cs": [
        "Článek pokračuje pod reklamou",
        "Poslechněte si článek",
        "Přidejte si nás mezi preferované zdroje na Googlu",
    ],
    "hu": [
        "A cikk a hirdetés után folytatódik",
        "Hallgassa meg a cikket",
        "Kövessen minket a Facebookon",
        "Borítókép: Halász Anna",
    ],
    "ro": [
        "Articolul continuă după publicitate",
        "Ascultă acest articol",
        "Adaugă-ne ca sursă preferată în Google",
    ],
    "tr": [
        "Haber reklamdan sonra devam ediyor",
        "Haberi dinle",
        "Bizi WhatsApp'tan takip edin",
        "Bültenimize abone olun",
    ],
    "ru": [
        "Продолжение после рекламы",
        "Слушать статью",
        "Скопировать ссылку",
        "Добавьте нас в предпочитаемые источники Google",
    ],
    "uk": [
        "Продовження після реклами",
        "Слухати статтю",
        "Додайте нас до бажаних джерел у Google",
    ],
    "el": [
        "Η συνέχεια μετά τη διαφήμιση",
        "Ακούστε το άρθρο",
        "Ακολουθήστε τον Λιμένα στο Google News",
        "Προσθέστε το Λιμάνι ως προτιμώμενη πηγή στο Google",
    ],
    "ar": [
        "يتبع بعد الإعلان",
        "استمع إلى المقال",
        "اشترك في نشرتنا الإخبارية",
        "تابعنا على واتساب",
        "أضفنا كمصدر مفضل على غوغل",
    ],
    "fa": [
        "ادامه خبر پس از آگهی",
        "به این خبر گوش دهید",
        "ما را در تلگرام دنبال کنید",
        "انتهای پیام",
    ],
    "he": [
        "הכתבה ממשיכה אחרי הפרסומת",
        "האזינו לכתבה",
        "עקבו אחרינו בוואטסאפ",
        "הוסיפו אותנו כמקור מועדף בגוגל",
    ],
    "hi": [
        "खबर विज्ञापन के बाद जारी है",
        "यह खबर सुनें",
        "हमें गूगल न्यूज पर फॉलो करें",
    ],
    "id": [
        "Artikel berlanjut setelah iklan",
        "Dengarkan artikel ini",
        "Jadikan kami sumber pilihan di Google",
    ],
    "vi": [
        "Bài viết tiếp tục sau quảng cáo",
        "Nghe bài viết",
        "Thêm chúng tôi làm nguồn ưu tiên trên Google",
    ],
    "ko": [
        "기사는 광고 후 계속됩니다",
        "기사 듣기",
        "네이버에서 구독하기",
    ],
    "ja": [
        "この記事は有料会員限定です",
        "残り1234文字（全文2345文字）",
        "この記事を音声で聞く",
        "Googleの優先ソースに追加",
    ],
    "zh": [
        "责编:王小明",
        "（责任编辑：王小明）",
        "扫一扫 分享到微信",
        "长按二维码关注",
        "追蹤我們的Facebook粉絲團",
        "將我們設為Google偏好來源",
    ],
}
SENTENCES = {
    "en": [
        "Listen to this article of faith, she told the board.",
        "The story continues below deck, where the crew sleeps.",
        "Watch the video, the judge told the jury, and then decide.",
        "Google made the Harbour Times a preferred source on Google.",
    ],
    "de": [
        "Mit Material von der alten Mole wurde das Haus gebaut.",
        "Merken will sich das niemand mehr.",
    ],
    "fr": [
        "La suite après cette publicité fut un procès.",
        "Avec AFP et Reuters, le port a signé un contrat.",
        "Suivre l'affaire sur Facebook était devenu un métier.",
    ],
    "es": [
        "Sigue a la espera de Facebook, dijo el puerto.",
    ],
    "ar": [
        "انضم إلى فيسبوك عام 2010 بعد أن ترك الميناء.",
        "إعلان الحرب لم يكن متوقعا في المدينة.",
    ],
    "ru": [
        "Показать больше команда не смогла.",
    ],
    "hu": [
        "A cikk folytatódik a hirdetés után, mondta a szerkesztő.",
    ],
    "ro": [
        "Intră pe Facebook zilnic, spune primarul.",
    ],
    "tr": [
        "Facebook'ta takip ettiği kişi kaptandı.",
    ],
    "ko": [
        "좋아요를 누른 사람이 백만 명이었다.",
    ],
    "ja": [
        "広告の後に続きがあると船長は言った。",
    ],
    "zh": [
        "加入Facebook之前，他在港务局工作了五年。",
        "扫一扫门前的雪，老人说。",
        "订阅微信公众号的读者超过一百万。",
    ],
}


def text_with(lines: list[str], lang: str) -> list[str]:
    """The lines that are read from a story, where each of `lines` stands between two paragraphs."""
    words = LANGUAGES["en"]
    told = [f"<p>{words.paragraph(n)}</p>" for n in range(len(lines) + 1)]
    between = [*(f"<p>{line}</p>" for line in lines), ""]
    inner = "".join(chain.from_iterable(zip(told, between, strict=True)))
    page = document(words.headline, chrome(f"<article><h1>Quay</h1>{inner}</article>"), lang=lang)
    text = extract_article(Sample("story", page, "article").page()).text
    return [line for line in text.split("\n\n") if f"<p>{line}</p>" not in told]


@pytest.mark.parametrize("lang", ASIDES)
def test_aside_amid_a_story_is_none_of_its_text(lang: str) -> None:
    links = [f"<a href='/x/y.html'>{line}</a>" for line in ASIDES[lang]]
    assert text_with(ASIDES[lang] + links, lang) == []


@pytest.mark.parametrize("lang", SENTENCES)
def test_sentence_that_holds_the_words_of_an_aside_stays(lang: str) -> None:
    assert text_with(SENTENCES[lang], lang) == SENTENCES[lang]
