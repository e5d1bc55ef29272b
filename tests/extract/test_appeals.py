"""What asks the reader for news, money or membership leaves a story; sentences like it stay."""

import pytest

from tests.extract.test_asides import text_with

APPEALS = {
    "en": [
        "Did you like this story? Share it with your friends.",
        "Sign up for our daily briefing.",
        "Have a news tip? Call the Harbour newsroom at 555-0142.",
        "Do you have a story to share? Email us at news@harbour.example.",
        "Get in touch",
        "Get our weekly debunks by email.",
        "If you buy something from a link on this page, we may earn a commission. See our ethics.",
        "This post contains affiliate links. I may earn a small commission at no cost to you.",
        "TOP VIDEOS",
        "Download our app",
        "Share your thoughts in the comments below!",
        "This article is for subscribers only.",
        "We have no owner but our readers. Please consider making a donation.",
    ],
    "de": [
        "Haben Sie einen Hinweis für uns? Schreiben Sie an hinweise@hafen.example.",
        "Dieser Artikel ist nur für Abonnenten",
        "Dieser Artikel enthält Affiliate-Links. Für Sie bleibt der Preis gleich.",
        "Laden Sie unsere App herunter",
    ],
    "fr": [
        "Article réservé aux abonnés",
        "Il vous reste 0% de cet article à lire.",
        "Il vous reste 63.5% de cet article à lire. La suite est réservée aux abonnés.",
        "Vous avez une information à nous transmettre ? Écrivez à info@port.example.",
        "Notre journal ne vit que de vous. Faites un don !",
    ],
    "es": [
        "Si quieres recibir las noticias de Sociedad en tu correo, apúntate aquí.",
        "¿Tienes una historia que contar? Escribe a pistas@puerto.example.",
        "Contenido exclusivo para suscriptores",
    ],
    "it": [
        "Se vuoi restare aggiornato sulle notizie del porto iscriviti gratis. Basta cliccare qui",
        "Articolo riservato agli abbonati",
        "Hai una segnalazione? Scrivi a redazione@molo.example.",
    ],
    "pt": ["Conteúdo exclusivo para assinantes", "Tem uma sugestão de reportagem? Ligue 555-0142."],
    "nl": ["Heb je een tip? Mail naar tips@kade.example.", "Alleen voor abonnees"],
    "sv": ["Har du tips? Ring 555-0142.", "Artikeln innehåller annonslänkar."],
    "da": ["Har du et tip? Ring 555-0142.", "Kun for abonnenter"],
    "no": ["Har du tips til oss? Ring 555-0142.", "Denne saken er kun for abonnenter."],
    "fi": ["Onko sinulla juttuvinkki? Soita 555-0142.", "Vain tilaajille"],
    "pl": ["Masz dla nas temat? Zadzwoń: 555-0142.", "Tylko dla prenumeratorów"],
    "cs": ["Máte pro nás tip? Volejte 555-0142.", "Pouze pro předplatitele"],
    "hu": ["Van egy jó sztorija? Hívja az 555-0142 számot.", "Galéria (12 kép)"],
    "ro": ["Ai un pont? Sună la 555-0142.", "Doar pentru abonați"],
    "tr": [
        "Haberleri Google News üzerinden takip etmek için tıklayın",
        "Haber ihbarınız mı var? 555-0142'yi arayın.",
    ],
    "ru": ["Хотите поделиться новостью? Звоните: 555-0142.", "Только для подписчиков"],
    "uk": [
        "Підтримайте незалежну журналістику",
        "Ми працюємо для вас і під обстрілами. Станьте частиною нашої спільноти.",
    ],
    "el": ["Μόνο για συνδρομητές", "Στηρίξτε την ανεξάρτητη δημοσιογραφία!"],
    "ar": ["للمشتركين فقط", "هل لديك خبر؟ اتصل بالرقم 555-0142."],
    "fa": ["فقط برای مشترکان"],
    "he": ["יש לכם סיפור? התקשרו למספר 555-0142.", "למנויים בלבד"],
    "hi": ["केवल ग्राहकों के लिए"],
    "id": ["Punya cerita menarik? Hubungi 555-0142.", "Khusus pelanggan"],
    "ja": ["【無料期間中】港の記事をすべて読めるコースなら月額980円", "会員限定記事"],
    "ko": ["여러분의 제보를 기다립니다. 전화 555-0142."],
    "vi": ["Nội dung dành cho thành viên"],
    "zh": ["欢迎提供新闻线索。电话：555-0142", "联系我们"],
}
SENTENCES = [
    "Have a news tip sheet ready, the editor told the class, and call twice.",
    "Get in touch with your neighbours before the flood, the council says.",
    "The agents may earn a commission of three per cent on each boat.",
    "“Become a member today. Support our journalism,” the poster said.",
    "The top videos of the year were made on the quay by children.",
    "The club is open to members only on the first Sunday of the month.",
    "Faites un don de sang, a dit le maire, et le port a répondu.",
    "Haben Sie einen Hinweis gefunden, fragte der Richter den Zeugen.",
    "Підтримайте незалежну журналістику, сказав мер, і пішов.",
]


@pytest.mark.parametrize("lang", APPEALS)
def test_appeal_amid_a_story_is_none_of_its_text(lang: str) -> None:
    assert text_with(APPEALS[lang], lang) == []


def test_sentence_with_the_words_of_an_appeal_stays() -> None:
    assert text_with(SENTENCES, "en") == SENTENCES
