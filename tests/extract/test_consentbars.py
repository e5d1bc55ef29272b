"""Cookie bars that no class names: neither text nor a wall, on a page of any length."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

BARS = (
    ("We use cookies to give you the best experience. <a href='/c'>Learn more</a>", "OK"),
    ("We and our 812 partners store and access information on your device.", "Accept all"),
    ("Wir verwenden Cookies. Ihre Einwilligung können Sie jederzeit widerrufen.", "Akzeptieren"),
    ("Diese Website benutzt Cookies, um Ihren Besuch angenehmer zu machen.", "Verstanden"),
    ("En poursuivant, vous acceptez l'utilisation de cookies sur ce site.", "J’ai compris"),
    ("Utilizamos cookies propias y de terceros para mejorar nuestros servicios.", "Entendido"),
    ("Questo sito utilizza cookie per offrirti una migliore esperienza.", "Ho capito"),
    ("Wij gebruiken cookies om uw ervaring op deze website te verbeteren.", "Begrepen"),
    ("Nasza strona używa plików cookies zgodnie z ustawieniami przeglądarki.", "Rozumiem"),
    ("Weboldalunk sütiket használ a jobb felhasználói élmény érdekében.", "Rendben"),
    ("Acest site folosește cookie-uri pentru a vă oferi o experiență mai bună.", "Am înțeles"),
    ("يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك في التصفح.", "حسنا"),
    ("Χρησιμοποιούμε cookies για να σας προσφέρουμε την καλύτερη εμπειρία.", "Κατάλαβα"),
    ("Мы используем файлы cookie, чтобы сайт работал лучше и быстрее.", "Понятно"),
    ("Tento web používá soubory cookies, aby se vám lépe prohlížel.", "Rozumím"),
    ("Sizlere daha iyi hizmet sunabilmek için çerezler kullanıyoruz.", "Tamam"),
    ("Usamos cookies para melhorar a sua experiência neste site.", "Entendi"),
    ("Vi använder cookies för att förbättra din upplevelse av webbplatsen.", "Jag förstår"),
    ("当サイトではCookieを使用しています。閲覧を続けると同意とみなされます。", "閉じる"),
    ("本网站使用Cookie来改善您的浏览体验。继续浏览即表示您同意我们使用。", "我知道了"),
    ("이 사이트는 쿠키를 사용하여 더 나은 경험을 제공합니다.", "확인"),
)
WORDS = LANGUAGES["en"]
DATE = '<meta property="article:published_time" content="2026-10-30T10:00:00Z">'


def page(text: str, at: str, bar: str) -> Sample:
    """A story with a bar at one of four places."""
    shown = {place: bar if place == at else "" for place in ("top", "main", "article", "end")}
    story = f"<article><h1>{WORDS.headline}</h1>{text}{shown['article']}</article>"
    body = f"{shown['top']}{chrome(shown['main'] + story)}{shown['end']}"
    return Sample("bar", document(WORDS.headline, body, DATE), "article")


@pytest.mark.parametrize(("said", "label"), BARS, ids=[label for _, label in BARS])
def test_cookie_bar_without_a_name_is_neither_text_nor_a_wall(said: str, label: str) -> None:
    bar = f"<div class='x1'><p>{said}</p><button>{label}</button></div>"
    told = [WORDS.paragraph(n) for n in range(4)]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in told)
    for at in ("top", "main", "article", "end"):
        assert extract_article(page(text, at, bar).page()).text.split("\n\n") == told
        brief = page(f"<p>{WORDS.sentences[0]}</p>", at, bar).page()
        assert extract_article(brief, min_chars=0).text == WORDS.sentences[0]


def test_story_beside_a_button_keeps_what_it_says_of_cookies() -> None:
    said = "The port uses cookies, the board said, and it asks all visitors for their consent."
    text = "".join(f"<p>{WORDS.paragraph(n)}</p>" for n in range(4))
    told = f"<div>{text}<p>{said}</p><button>Close</button></div>"
    assert said in extract_article(page(told, "", "").page()).text
