"""The same news in many languages: a headline, paragraphs, teasers, the offer of a subscription."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says in one language."""

    section: str
    headline: str
    sentences: tuple[str, ...]
    offer: tuple[str, ...]
    """What a paywall says: its headline, and the lines under it."""

    def paragraph(self, number: int) -> str:
        """A paragraph of three sentences, one of its own for each number."""
        count = len(self.sentences)
        chosen = [self.sentences[(number + step) % count] for step in range(3)]
        return " ".join(chosen).replace("7", str(number + 7))

    def title(self, number: int) -> str:
        """The headline of another story."""
        return f"{self.headline} ({number})"


LANGUAGES = {
    "en": Words(
        "Politics",
        "Harbour board votes to close the northern quay",
        (
            "The harbour board voted on Tuesday to close the northern quay for 7 years.",
            "Ships will berth at the old coal pier, said Ruth Amsel, who leads the board.",
            "Fishermen fear for the 7 jobs that the quay has fed since the war.",
            "The state pays a third of the cost, and the town will borrow the rest.",
        ),
        ("Subscribe to continue reading", "Already a subscriber? Log in", "Cancel anytime"),
    ),
    "de": Words(
        "Politik",
        "Hafenrat stimmt für die Schließung der Nordmole",
        (
            "Der Hafenrat hat am Dienstag beschlossen, die Nordmole für 7 Jahre zu schließen.",
            "Die Schiffe legen künftig am alten Kohlenkai an, sagte Ruth Amsel, die Vorsitzende.",
            "Die Fischer bangen um die 7 Stellen, die seit dem Krieg an der Mole hängen.",
            "Das Land zahlt ein Drittel der Kosten, den Rest leiht sich die Stadt.",
        ),
        ("Dieser Artikel ist nur für Abonnenten", "Jetzt weiterlesen", "Sie sind bereits Abonnent?"
         " Hier anmelden", "1. Monat gratis, jederzeit kündbar"),
    ),
    "fr": Words(
        "Politique",
        "Le conseil du port vote la fermeture du quai nord",
        (
            "Le conseil du port a voté mardi la fermeture du quai nord pendant 7 ans.",
            "Les navires accosteront à l'ancien quai au charbon, a déclaré Ruth Amsel.",
            "Les pêcheurs craignent pour les 7 emplois que le quai fait vivre depuis la guerre.",
            "L'État paie un tiers du coût, et la ville empruntera le reste de la somme.",
        ),
        ("Article réservé aux abonnés", "Il vous reste 80 % de cet article à lire", "Déjà abonné ?"
         " Connectez-vous", "Sans engagement"),
    ),
    "es": Words(
        "Política",
        "La junta del puerto aprueba cerrar el muelle norte",
        (
            "La junta del puerto aprobó el martes cerrar el muelle norte durante 7 años.",
            "Los barcos atracarán en el antiguo muelle del carbón, dijo Ruth Amsel, su presidenta.",
            "Los pescadores temen por los 7 empleos que el muelle sostiene desde la guerra.",
            "El Estado paga un tercio del coste y la ciudad pedirá prestado el resto.",
        ),
        ("Suscríbete para seguir leyendo", "¿Ya eres suscriptor? Inicia sesión", "Contenido"
         " exclusivo para suscriptores"),
    ),
    "it": Words(
        "Politica",
        "Il consiglio del porto vota la chiusura del molo nord",
        (
            "Il consiglio del porto ha votato martedì la chiusura del molo nord per 7 anni.",
            "Le navi attraccheranno al vecchio molo del carbone, ha detto Ruth Amsel.",
            "I pescatori temono per i 7 posti di lavoro che il molo mantiene dalla guerra.",
            "Lo Stato paga un terzo dei costi e il comune prenderà in prestito il resto.",
        ),
        ("Questo contenuto è riservato agli abbonati", "Abbonati per continuare a leggere", "Sei"
         " già abbonato? Accedi"),
    ),
    "nl": Words(
        "Politiek",
        "Havenraad stemt voor sluiting van de noordkade",
        (
            "De havenraad heeft dinsdag besloten de noordkade voor 7 jaar te sluiten.",
            "De schepen leggen voortaan aan bij de oude kolenpier, zei voorzitter Ruth Amsel.",
            "Vissers vrezen voor de 7 banen die sinds de oorlog van de kade afhangen.",
            "Het rijk betaalt een derde van de kosten, de stad leent de rest van het geld.",
        ),
        ("Dit artikel is exclusief voor abonnees", "Verder lezen? Neem een abonnement", "Al abonnee?"
         " Log in"),
    ),
    "pl": Words(
        "Polityka",
        "Rada portu głosuje za zamknięciem północnego nabrzeża",
        (
            "Rada portu zdecydowała we wtorek o zamknięciu północnego nabrzeża na 7 lat.",
            "Statki będą cumować przy starym molo węglowym, powiedziała przewodnicząca Ruth Amsel.",
            "Rybacy boją się o 7 miejsc pracy, które nabrzeże daje im od czasów wojny.",
            "Państwo płaci jedną trzecią kosztów, a resztę miasto weźmie na kredyt.",
        ),
        ("Pozostało 85% artykułu", "Ten artykuł przeczytasz tylko z subskrypcją", "Masz już"
         " subskrypcję? Zaloguj się", "Wykup dostęp"),
    ),
    "pt": Words(
        "Política",
        "Conselho do porto aprova o encerramento do cais norte",
        (
            "O conselho do porto aprovou na terça-feira o encerramento do cais norte por 7 anos.",
            "Os navios vão atracar no antigo cais do carvão, disse Ruth Amsel, que o preside.",
            "Os pescadores temem pelos 7 empregos que o cais sustenta desde a guerra.",
            "O Estado paga um terço do custo e a cidade pedirá emprestado o resto.",
        ),
        ("Conteúdo exclusivo para assinantes", "Para continuar a ler, assine", "Já é assinante?"
         " Entre"),
    ),
    "ru": Words(
        "Политика",
        "Совет порта проголосовал за закрытие северного причала",
        (
            "Совет порта во вторник решил закрыть северный причал на 7 лет.",
            "Суда будут швартоваться у старого угольного пирса, сказала Рут Амзель.",
            "Рыбаки боятся за 7 рабочих мест, которые причал даёт со времён войны.",
            "Государство оплатит треть расходов, остальное город возьмёт в долг.",
        ),
        ("Материал доступен только подписчикам", "Оформите подписку, чтобы продолжить чтение",
         "Уже есть подписка? Войдите"),
    ),
    "el": Words(
        "Πολιτική",
        "Το συμβούλιο του λιμανιού ψήφισε το κλείσιμο της προβλήτας",
        (
            "Το συμβούλιο του λιμανιού αποφάσισε την Τρίτη να κλείσει την προβλήτα για 7 χρόνια.",
            "Τα πλοία θα δένουν στην παλιά αποβάθρα του άνθρακα, δήλωσε η Ρουθ Άμσελ.",
            "Οι ψαράδες φοβούνται για τις 7 θέσεις εργασίας που δίνει η προβλήτα.",
            "Το κράτος πληρώνει το ένα τρίτο του κόστους και η πόλη δανείζεται τα υπόλοιπα.",
        ),
        ("Αποκλειστικά για συνδρομητές", "Για να συνεχίσετε την ανάγνωση γίνετε συνδρομητής",
         "Είστε ήδη συνδρομητής; Συνδεθείτε"),
    ),
    "zh": Words(
        "政治",
        "港务局投票决定关闭北码头引发渔民强烈担忧和不满",
        (
            "港务局周二投票决定，将北码头关闭7年，以便对已经腐烂的木桩进行彻底的维修。",
            "董事会主席鲁思·阿姆塞尔表示，船只今后将停靠在1987年之后就没有使用过的旧煤码头。",
            "渔民们担心，自战争以来一直依靠这座码头的7个工作岗位将会因此而永远消失。",
            "国家将承担三分之一的费用，其余的资金由市政府向银行借款来解决，预计十年还清。",
        ),
        ("订阅后继续阅读", "本文为会员专享内容", "已经是会员？请登录"),
    ),
    "ja": Words(
        "政治",
        "港湾委員会が北埠頭の閉鎖を賛成多数で可決、漁業者に不安広がる",
        (
            "港湾委員会は火曜日、腐食した杭の修理のため北埠頭を7年間閉鎖することを決めた。",
            "委員長のルート・アムゼル氏は、船舶は1987年以来使われていない旧石炭桟橋に接岸すると述べた。",
            "漁業者らは、戦後この埠頭に支えられてきた7人分の仕事が失われるのではないかと心配している。",
            "費用の三分の一は国が負担し、残りは市が十年返済の借り入れによってまかなう予定だという。",
        ),
        ("この記事は有料会員限定です", "続きを読むには会員登録が必要です", "残り1,203文字", "すでに会員の方は"
         "ログイン"),
    ),
    "sv": Words(
        "Politik",
        "Hamnstyrelsen röstar för att stänga norra kajen",
        (
            "Hamnstyrelsen beslutade i tisdags att stänga norra kajen i 7 år.",
            "Fartygen ska lägga till vid den gamla kolpiren, säger ordföranden Ruth Amsel.",
            "Fiskarna är oroliga för de 7 jobb som kajen har gett sedan kriget.",
            "Staten betalar en tredjedel av kostnaden och staden lånar resten av pengarna.",
        ),
        ("Den här artikeln är för prenumeranter", "Läs vidare – bli prenumerant", "Redan prenumerant?"
         " Logga in"),
    ),
    "no": Words(
        "Politikk",
        "Havnestyret stemmer for å stenge den nordre kaia",
        (
            "Havnestyret vedtok tirsdag å stenge den nordre kaia i 7 år.",
            "Skipene skal legge til ved den gamle kullkaia, sier styreleder Ruth Amsel.",
            "Fiskerne frykter for de 7 jobbene som kaia har gitt siden krigen.",
            "Staten betaler en tredel av kostnadene, og byen låner resten av pengene.",
        ),
        ("Denne saken er for abonnenter", "Bli abonnent for å lese videre", "Allerede abonnent?"
         " Logg inn"),
    ),
    "da": Words(
        "Politik",
        "Havnebestyrelsen stemmer for at lukke den nordlige kaj",
        (
            "Havnebestyrelsen besluttede tirsdag at lukke den nordlige kaj i 7 år.",
            "Skibene skal lægge til ved den gamle kulmole, siger formand Ruth Amsel.",
            "Fiskerne frygter for de 7 job, som kajen har givet siden krigen.",
            "Staten betaler en tredjedel af udgifterne, og byen låner resten af pengene.",
        ),
        ("Denne artikel er kun for abonnenter", "Bliv abonnent og læs videre", "Allerede abonnent?"
         " Log ind"),
    ),
}  # fmt: skip
