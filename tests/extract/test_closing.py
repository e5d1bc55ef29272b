"""Notes below a story about how it was made leave it; sentences that end a story stay."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

NOTES = {
    "en": [
        "Associated writer Lila Maro contributed to this report from Eastquay.",
        "Frost reported from the north bank. Lila Maro and Bo Ek contributed reporting.",
        "Susan Beck contributed research.",
        "With files from The Harbour Wire",
        "Additional reporting by Lila Maro in Eastquay and J. P. Ek.",
        "Correction: An earlier version of this article gave a wrong length of the quay.",
        "Editor’s note: The ferry company is a client of the firm that prints this newspaper.",
        "Ruth Frost writes about the coast and the people who live on it, and keeps bees.",
        "© hpn-infocom, hpn:191203-99-974112/2",
        "BL/jm",
        "-30-",
        "Reprinted with permission from The Quay Review.",
    ],
    "de": [
        "Mitarbeit: Bo Ek",
        "Mit dpa und AFP",
        "Anmerkung der Redaktion: Der Name ist geändert.",
    ],
    "fr": ["Avec AFP et Reuters", "Lila Maro a contribué à cet article.", "agences/yti"],
    "es": [
        "Con información de Lila Maro y agencias",
        "Fe de errores: El muelle mide ochenta metros.",
    ],
    "pt": [
        "(Com agências)",
        "Colaborou Lila Maro, do Porto",
        "Nota da redação: O nome é fictício.",
    ],
    "it": ["Ha collaborato Lila Maro", "Con ANSA", "Errata corrige: il molo misura ottanta metri."],
    "nl": ["Met medewerking van Lila Maro", "Correctie: de kade is tachtig meter lang."],
    "sv": ["Fotnot: Namnet är ett annat i verkligheten.", "Lila Maro bidrog till artikeln."],
    "da": ["Rettelse: Kajen er firs meter lang.", "Lila Maro har bidraget til artiklen."],
    "no": ["Lila Maro bidro til denne saken.", "Rettelse: Kaien er åtti meter lang."],
    "fi": ["Oikaisu: Laituri on kahdeksankymmentä metriä pitkä."],
    "pl": ["Współpraca: Lila Maro", "Od redakcji: imię zostało zmienione."],
    "cs": ["Na článku se podílela Lila Maro.", "Poznámka redakce: jméno bylo změněno."],
    "hu": ["Közreműködött: Maró Lila", "Helyesbítés: a rakpart nyolcvan méter hosszú."],
    "ro": ["A contribuit Lila Maro", "Nota redacției: numele a fost schimbat."],
    "tr": ["Habere katkıda bulunan: Lila Maro", "Editörün notu: İsim değiştirildi."],
    "ru": ["При участии Лилы Маро.", "От редакции: имя героя изменено."],
    "uk": ["За участі Ліли Маро.", "Від редакції: ім’я героя змінено."],
    "el": ["Με πληροφορίες από ΑΠΕ-ΜΠΕ", "Διόρθωση: η προβλήτα έχει μήκος ογδόντα μέτρα."],
    "ar": ["ساهم في إعداد هذا التقرير سامي حداد", "تصحيح: يبلغ طول الرصيف ثمانين مترا."],
    "he": ["השתתף בהכנת הכתבה: דן לוי"],
    "hi": ["भाषा के इनपुट के साथ"],
    "id": [
        "Lila Maro berkontribusi dalam laporan ini.",
        "Ralat: Panjang dermaga delapan puluh meter.",
    ],
    "ja": ["取材協力：港の会", "訂正：桟橋の長さは八十メートルでした。"],
    "ko": ["편집자 주: 이름은 가명입니다."],
    "vi": ["Đính chính: Cầu cảng dài tám mươi mét."],
    "zh": ["更正：码头长八十米。", "综合外电报道"],
}
STORY_ENDS = [
    "Damage was reported from the villages on the north bank.",
    "Ten years of neglect contributed to the collapse, he said.",
    "The correction: eighty metres of new quay, and no more words.",
    "Avec le vent et la pluie, le port a fermé.",
    "Mit der Flut kam auch das Boot zurück.",
    "По материалам дела, он был на причале один.",
    "Con la marea llegó también el barco.",
    "Here the road ends.",
]
HEAD = '<meta name="author" content="Ruth Frost">'


def ending_of(lines: list[str], lang: str, paragraphs: int = 5) -> list[str]:
    """What is read of the lines that stand below the paragraphs of a story."""
    told = [f"<p>{LANGUAGES['en'].paragraph(n)}</p>" for n in range(paragraphs)]
    inner = "".join(told + [f"<p>{line}</p>" for line in lines])
    page = document("Quay", chrome(f"<article><h1>Quay</h1>{inner}</article>"), HEAD, lang)
    text = extract_article(Sample("story", page, "article").page()).text
    return [line for line in text.split("\n\n") if f"<p>{line}</p>" not in told]


@pytest.mark.parametrize("lang", NOTES)
def test_note_below_a_story_is_none_of_its_text(lang: str) -> None:
    assert {note: ending_of([note], lang) for note in NOTES[lang]} == {n: [] for n in NOTES[lang]}


def test_sentence_that_ends_a_story_stays() -> None:
    assert {line: ending_of([line], "en") for line in STORY_ENDS} == {s: [s] for s in STORY_ENDS}


@pytest.mark.parametrize("mark", ["ENDS", "The End", "-30-", "Notes to editors:"])
def test_what_follows_the_end_of_a_press_release_is_none_of_its_text(mark: str) -> None:
    told = "The survey was carried out in October. Photographs are in the library of the port."
    assert ending_of([mark, told], "en") == []
    assert ending_of([told], "en") == [told]


def test_last_paragraph_about_somebody_of_the_story_stays() -> None:
    lines = [
        "Mayor Frost opened the quay on Monday, at noon and in the rain, before a crowd.",
        "Ruth Frost is a builder by trade, and fishes from the quay on Sundays and Mondays.",
    ]
    assert ending_of(lines, "en") == lines


@pytest.mark.parametrize("mark", ["END", "-30-"])
def test_footnotes_below_the_end_of_a_story_stay(mark: str) -> None:
    notes = ["1. The survey was carried out in October.", "2. See the report of the port."]
    assert ending_of([mark, *notes], "en")[-2:] == notes


@pytest.mark.parametrize(
    "line",
    [
        "Ruth Frosty will be shown at the quay on Monday, at noon, before a crowd of hundreds.",
        "Frosted glass fell from the roof. Lila Maro contributed to this report.",
        "Frost-bitten elms fell on the road. Lila Maro contributed to this report.",
    ],
)
def test_last_paragraph_that_begins_like_the_authors_name_stays(line: str) -> None:
    assert ending_of([line], "en") == [line]


def test_correction_of_a_brief_is_a_part_of_its_text() -> None:
    note = "Correction: An earlier version gave a wrong length of the quay, which is eighty metres."
    assert ending_of([note], "en", paragraphs=1) == [note]
    assert ending_of([note], "en") == []


@pytest.mark.parametrize("mark", ["###", "30."])
def test_what_follows_a_mark_between_sections_stays(mark: str) -> None:
    told = "The survey was carried out in October. Photographs are in the library of the port."
    assert told in ending_of([mark, told], "en")


TABLE = "<table><tr><td>2022</td><td>4.1</td></tr><tr><td>2023</td><td>9.8</td></tr></table>"
LIST = "<ul><li>Who signed it in 2022?</li><li>Why no tender?</li><li>Who will pay?</li></ul>"


def story_with(end: str) -> str:
    """What is read of a story that ends with this markup."""
    told = "".join(f"<p>{LANGUAGES['en'].paragraph(n)}</p>" for n in range(5))
    page = document("Quay", chrome(f"<article><h1>Quay</h1>{told}{end}</article>"), HEAD)
    return extract_article(Sample("story", page, "article").page()).text


@pytest.mark.parametrize("above", ["", "<p>The figures by year:</p>"])
def test_table_at_the_end_of_a_story_stays(above: str) -> None:
    assert story_with(above + TABLE).endswith("2022 | 4.1\n\n2023 | 9.8")


def test_list_that_is_announced_at_the_end_of_a_story_stays_whole() -> None:
    text = story_with(f"<p>Three questions remain:</p>{LIST}")
    assert text.endswith("Who signed it in 2022?\n\nWhy no tender?\n\nWho will pay?")


def test_list_of_tags_at_the_end_of_a_story_leaves() -> None:
    text = story_with("<ul><li>Harbour</li><li>Council</li><li>Dredging</li></ul>")
    assert "Dredging" not in text


def test_copyright_behind_the_last_sentence_does_not_cost_the_paragraph() -> None:
    end = "The council meets on Thursday to vote on the contract, and residents may speak. © 2026"
    assert story_with(f"<p>{end} Harbour Times. All rights reserved.</p>").count(end) == 1
    assert "rights" not in story_with("<p>© 2026 Harbour Times. All rights reserved.</p>")
