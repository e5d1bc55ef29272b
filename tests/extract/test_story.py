"""Short texts: notices that no word list knows are told from stories by what they do."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from benchmarks.page_types import verdict
from benchmarks.pagesets import PAGES, read_truth
from pipelines.extract import extract_article
from pipelines.extract.article import MIN_CHARS
from pipelines.items import Page
from pipelines.rejects import NotAnArticle, PaywallStub, Reject

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://www.quayside.example/harbour/northern-quay-closes-for-years"
FOOT = "<footer><a href='/about'>About us</a><a href='/terms'>Terms</a></footer>"


def page(body: str, title: str, lang: str, url: str = URL) -> Page:
    html = (
        f'<html lang="{lang}"><head><title>{title}</title></head><body>{body}{FOOT}</body></html>'
    )
    return Page(url=url, body=html.encode(), fetched_at=NOW)


NOTICES = {
    "choice_en": (
        "en",
        "A word first",
        (
            "<h1>A word first</h1><p>Your reading pays our reporters in one of two ways, and"
            " you may pick. Let our partners watch what you open, or take out the plan without"
            " them. You can alter your mind on any visit.</p><button>Go"
            " ahead</button><button>The plan</button>"
        ),
    ),
    "choice_de": (
        "de",
        "Ihre Wahl",
        (
            "<h2>Ihre Wahl</h2><p>Sie lesen bei uns ohne Bezahlung, wenn Sie uns erlauben, Ihr"
            " Gerät wiederzuerkennen. Möchten Sie das nicht, nehmen Sie bitte das Angebot ohne"
            " Werbung.</p><button>Weiter</button>"
        ),
    ),
    "check_fr": (
        "fr",
        "Patience",
        (
            "<h1>Patience</h1><p>Nous regardons si votre visite est celle d'une personne. Vous"
            " serez conduit à la page que vous avez demandée.</p><p>Numéro : 9f86d081884c</p>"
        ),
    ),
    "firewall_en": (
        "en",
        "Stop",
        (
            "<h1>Stop</h1><p>The rules of this server do not let the request through. It was"
            " sent from 192.0.2.44 and broke rule 949110 of the set that is in force.</p>"
        ),
    ),
    "withdrawn_es": (
        "es",
        "Aviso",
        (
            "<h1>Aviso</h1><p>Lo que usted busca ya no está en nuestras páginas. Puede volver a"
            " la portada y probar con otras palabras en el buscador.</p>"
        ),
    ),
    "signup_pl": (
        "pl",
        "Chwileczkę",
        (
            "<h1>Chwileczkę</h1><p>Prosimy o kilka słów o sobie: twój zawód i twoje miasto."
            " Potem możesz czytać dalej przez cały miesiąc.</p><input"
            " name='job'><button>Dalej</button>"
        ),
    ),
}

STORIES = {
    "flash_without_date": (
        "en",
        "Northern quay closes for seven years",
        (
            "<h1>Northern quay closes for seven years</h1><p>The harbour board of Northport"
            " voted on Tuesday to close the northern quay for seven years.</p><p>Ruth Amsel,"
            " who chairs the board, said that ships would moor at the old coal pier.</p>"
        ),
    ),
    "about_cookies": (
        "en",
        "Cookie banners break the law, court finds",
        (
            "<h1>Cookie banners break the law, court finds</h1><p>A court in Northport has"
            " ruled that the cookie banner of the ferry company broke the law.</p><p>“Nobody"
            " reads them, and nobody can say no,” judge Ann Lee said.</p><p>The company said it"
            " would redraw the banner.</p>"
        ),
    ),
    "about_captchas_de": (
        "de",
        "Wer ist hier der Roboter?",
        (
            "<h1>Wer ist hier der Roboter?</h1><p>Das Amt der Stadt Nordhafen hat seine"
            " Bilderrätsel abgeschafft.</p><p>„Die Rätsel lösen nur noch Maschinen“, sagte"
            " Amtsleiterin Ruth Amsel am Dienstag im Rat.</p><p>Wer ein Boot anmeldet, kommt"
            " nun ohne Captcha aus.</p>"
        ),
    ),
    "newsletter_under_it": (
        "en",
        "Ferry runs again after the storm",
        (
            "<h1>Ferry runs again after the storm</h1><p>The ferry to Easthaven runs again"
            " since Monday morning, the harbour office said.</p><p>Captain Ada Brook waited"
            " three days for the wind to drop.</p><div class='box'><p>Subscribe to our"
            " newsletter and get your harbour news every morning.</p><input"
            " type='email'><button>Sign up</button></div>"
        ),
    ),
}

DATED = "<time datetime='2026-10-30T10:00:00+01:00'>30.10.2026</time>"
WHOLE = {
    "police": (
        "de",
        "Polizei fasst Taschendieb am Hafen",
        (
            "<p>Die Polizei registrierte am Montag zwölf Fälle, Schaden: 5000 Euro.</p>"
            "<p>Sie nahm in Nordhafen einen Mann fest. Sie sucht Zeugen. Ihr Sprecher dankte.</p>"
        ),
    ),
    "insurance": (
        "en",
        "Insurance premium rises again",
        (
            "<p>The premium for boats in Northport rises to $200 in May, the board said.</p>"
            "<p>Ruth Amsel of the captains' union called it a blow.</p>"
        ),
    ),
    "billions": (
        "es",
        "El puerto costará más",
        (
            "<p>La obra del muelle norte costará 1.200.000.000 de pesos, según la junta.</p>"
            "<p>Ruth Amsel, su presidenta, lo anunció el martes en Puerto Norte.</p>"
        ),
    ),
}

STUBS = {
    "en": "<p>The rest of this story is for subscribers.</p><p>From £1 a week.</p>",
    "hu": "<p>A folytatást előfizetőink olvashatják.</p><p>Havi 9 € az első évben.</p>",
    "he": "<p>ההמשך למנויים בלבד.</p><p>חודש ראשון ב-5 ₪</p>",
}


@pytest.mark.parametrize("name", NOTICES)
def test_notice_in_words_that_no_list_knows_is_rejected_with_what_was_seen(name: str) -> None:
    lang, title, body = NOTICES[name]
    with pytest.raises(NotAnArticle) as caught:
        extract_article(page(body, title, lang), min_chars=0)
    assert "characters of text" in caught.value.evidence


@pytest.mark.parametrize("name", STORIES)
def test_short_story_is_kept_whatever_it_speaks_of(name: str) -> None:
    lang, title, body = STORIES[name]
    url = "https://www.quayside.example/story/4711"
    assert extract_article(page(body, title, lang, url), min_chars=0).page_type == "article"


@pytest.mark.parametrize("name", WHOLE)
def test_whole_short_story_with_a_price_or_large_number_is_no_stub_and_no_notice(name: str) -> None:
    lang, title, body = WHOLE[name]
    url = "https://www.quayside.example/story/4711"
    found = page(f"<h1>{title}</h1>{DATED}{body}", title, lang, url)
    assert extract_article(found, min_chars=0).page_type == "article"


@pytest.mark.parametrize(
    ("slug", "title"),
    [("fluechtlinge-ueberqueren-suedgrenze", "Flüchtlinge überqueren Südgrenze"),
     ("powodz-w-lodzi-zalala-ulice", "Powódź w Łodzi zalała ulice")],
)  # fmt: skip
def test_address_names_its_story_in_plain_letters(slug: str, title: str) -> None:
    text = "<p>Die Grenze ist seit Montag offen, teilte das Amt mit, und niemand wird gezählt.</p>"
    url = f"https://www.quayside.example/{slug}"
    assert extract_article(page(f"<h1>{title}</h1>{text}", title, "de", url), min_chars=0)


def test_text_that_its_address_names_is_a_story_and_another_is_a_notice() -> None:
    body = (
        "<h1>{0}</h1><p>The board decided on it during a long night, and nobody wished to say more"
        " of what comes next on the water.</p>"
    )
    named = "Northern quay closes for years"
    assert extract_article(page(body.format(named), named, "en"), min_chars=0).title == named
    with pytest.raises(NotAnArticle, match="nothing on it is named as its address is"):
        extract_article(page(body.format("A moment"), "A moment", "en"), min_chars=0)


@pytest.mark.parametrize("lang", STUBS)
def test_offer_in_place_of_the_rest_is_a_stub_without_any_mark(lang: str) -> None:
    title = "Northern quay closes for years"
    body = (
        f"<h1>{title}</h1><time datetime='2026-10-30'>30 October</time>"
        "<p>Rada Amsel, Northport 2026: 112 ships, 7 quays, 1 board, 14 votes.</p>"
        f"<div class='offer'>{STUBS[lang]}<button>&gt;&gt;</button></div>"
    )
    with pytest.raises(PaywallStub, match="it speaks of a subscription"):
        extract_article(page(body, title, lang), min_chars=0)


def test_written_pages_that_are_no_article_are_rejected_and_articles_kept() -> None:
    """Written by people who had not seen the rules; benchmarks.page_types names the misses."""
    right: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    for truth in read_truth(PAGES / "page_types_report.jsonl.xz", None):
        kind = str(truth.row["kind"])
        if kind == "article" and len(truth.text) < MIN_CHARS:
            continue
        evidence = verdict(truth.page(), MIN_CHARS)[1]
        pages[kind] += 1
        right[kind] += bool(evidence) == (kind != "article")
    others = pages.total() - pages["article"]
    assert (right.total() - right["article"]) / others > 0.98
    assert right["article"] / pages["article"] > 0.98


def test_a_reject_names_what_speaks_against_a_story() -> None:
    lang, title, body = NOTICES["firewall_en"]
    with pytest.raises(Reject) as caught:
        extract_article(page(body, title, lang), min_chars=0)
    assert "it holds 192.0.2.44" in caught.value.evidence
