"""Consent pages that stand in the place of a story, in the manner of the common vendors."""

from collections.abc import Iterator

from tests.extract.web import Sample, chrome, document


def samples() -> Iterator[Sample]:
    """Every consent page, by vendor and language."""
    for name, html in PAGES.items():
        yield Sample(name, html, "ConsentWall")


def _vendors(count: int) -> str:
    """The list of partners that long consent pages show."""
    names = ("Adhaven", "Bidquay", "Clickpier", "Datadock", "Exmarine", "Fogmetrics")
    return "".join(
        f"<li><h3>{names[n % 6]} {n}</h3><p>Cookie duration: {n * 30} days. Data collected: IP"
        " addresses, device identifiers, browsing and interaction data. Legitimate interest.</p>"
        "</li>"
        for n in range(count)
    )


PAGES = {
    "onetrust": document(
        "Harbour Times",
        "<div id='onetrust-consent-sdk'><div class='onetrust-pc-dark-filter'></div>"
        "<div id='onetrust-banner-sdk' role='region' aria-label='Cookie banner'>"
        "<h2 id='onetrust-policy-title'>We value your privacy</h2>"
        "<div id='onetrust-policy-text'>We and our 874 partners store and/or access information on"
        " a device, such as cookies and process personal data, such as unique identifiers and"
        " standard information sent by a device for personalised advertising and content,"
        " advertising and content measurement, audience research and services development."
        "<a href='/cookies'>More information</a></div>"
        "<button id='onetrust-accept-btn-handler'>Accept All</button>"
        "<button id='onetrust-pc-btn-handler'>Manage Preferences</button></div></div>",
    ),
    "sourcepoint": document(
        "Privacy Notice",
        "<div class='message-container'><div class='message type-modal'>"
        "<p class='message-component'>Welcome to Harbour Times</p>"
        "<p>With your agreement, we and our 1006 partners use cookies or similar technologies to"
        " store, access, and process personal data like your visit on this website, IP addresses"
        " and cookie identifiers. Some partners do not ask for your consent to process your data"
        " and rely on their legitimate business interest.</p>"
        "<p>You can withdraw your consent or object to data processing at any time by clicking on"
        " “Learn More” or in our Privacy Policy on this website.</p>"
        "<button title='AGREE'>Agree</button><button title='Learn'>Learn more</button></div></div>",
    ),
    "sourcepoint_with_vendor_list": document(
        "Privacy Center",
        "<div class='pm-main'><h1>Privacy Center</h1><p>When you visit our site, we and our"
        " partners use cookies to store and access information on your device. Choose to accept"
        " all, or manage your choices below. You can withdraw your consent at any time.</p>"
        f"<ul>{_vendors(40)}</ul><button>Accept all</button><button>Reject all</button></div>",
    ),
    "didomi_fr": document(
        "Le Quai",
        "<div id='didomi-host'><div class='didomi-popup'><h1>Le respect de votre vie privée est"
        " notre priorité</h1><p>Nous et nos 640 partenaires stockons et/ou accédons à des"
        " informations sur un appareil, telles que les cookies, et traitons les données"
        " personnelles afin de diffuser des publicités personnalisées.</p><p>Avec votre accord,"
        " vous pouvez cliquer pour consentir aux traitements décrits précédemment ou vous opposer"
        " en cliquant sur « Continuer sans accepter ».</p><button>Continuer sans accepter</button>"
        "<button>Paramétrer</button><button>Accepter &amp; Fermer</button></div></div>",
        lang="fr",
    ),
    "abonnement_ou_cookies_fr": document(
        "Le Quai - L'actualité du port",
        chrome(
            "<div class='gdpr-lmd-wall'><h2>La lecture de ce contenu est possible en acceptant les"
            " cookies</h2><p>En acceptant les cookies, vous pouvez accéder gratuitement à nos"
            " contenus, financés par la publicité personnalisée.</p><p>Vous pouvez aussi choisir"
            " de nous soutenir en vous abonnant, pour lire sans publicité.</p>"
            "<a class='btn' href='#'>Accepter et continuer</a>"
            "<a class='btn' href='/abo'>S'abonner pour 2,49 € par mois</a>"
            "<p>Vous pouvez retirer votre consentement à tout moment.</p></div>"
        ),
        lang="fr",
    ),
    "pur_abo_de": document(
        "Hafenblatt",
        "<div class='privacy-gate'><h1>Herzlich willkommen!</h1><h2>Weiterlesen mit Werbung</h2>"
        "<p>Besuchen Sie hafenblatt.example wie gewohnt mit Werbung und Tracking. Ihre Zustimmung"
        " ist jederzeit widerrufbar. Details finden Sie in der Datenschutzerklärung und im"
        " Privacy Center am Fuß jeder Seite.</p><button>Akzeptieren und weiter</button>"
        "<h2>… oder Pur-Abo abschließen</h2><p>Nutzen Sie unser Angebot ohne Werbetracking und"
        " praktisch werbefrei für 4,99 € im Monat. Jetzt Pur abonnieren. Bereits Pur-Abonnent?"
        "</p><p>Tracking: Um unser Angebot zu finanzieren, verwenden wir und unsere Partner Cookies"
        " und ähnliche Technologien. Informationen auf einem Gerät speichern und/oder abrufen:"
        " Wir und 203 Partner verarbeiten personenbezogene Daten wie Gerätekennungen. "
        "Personalisierte Anzeigen und Inhalte, Messung von Werbeleistung, Zielgruppenforschung und"
        " Entwicklung von Angeboten. Einzelne Partner stützen sich auf berechtigtes Interesse."
        "</p></div>",
        lang="de",
    ),
    "usercentrics_de": document(
        "Datenschutzeinstellungen",
        "<div id='usercentrics-root'><h1>Datenschutzeinstellungen</h1><p>Wir benötigen Ihre"
        " Zustimmung, um den vollen Funktionsumfang anbieten zu können. Wir nutzen Cookies und"
        " ähnliche Technologien auf unserer Website und verarbeiten personenbezogene Daten von"
        " dir, z. B. deine IP-Adresse, um Inhalte und Anzeigen zu personalisieren.</p>"
        "<button>Alles akzeptieren</button><button>Ablehnen</button><button>Mehr</button></div>",
        lang="de",
    ),
    "quantcast": document(
        "Harbour Times",
        "<div id='qc-cmp2-container'><div class='qc-cmp2-summary-section'><h2>We value your"
        " privacy</h2><p>We and our partners store and/or access information on a device, such as"
        " cookies. With your permission we and our partners may use precise geolocation data."
        " You may click to consent. Please note that some processing of your personal data may not"
        " require your consent. Your preferences will apply to this website only.</p></div>"
        "<button mode='secondary'>MORE OPTIONS</button><button mode='primary'>AGREE</button></div>",
    ),
    "google": document(
        "Before you continue",
        "<div class='box'><div>Sign in</div><h1>Before you continue to Harbour News</h1><div>We use"
        " cookies and data to</div><ul><li>Deliver and maintain services</li><li>Track outages and"
        " protect against spam, fraud, and abuse</li><li>Measure audience engagement and site"
        " statistics to understand how our services are used</li></ul><div>If you choose to “Accept"
        " all,” we will also use cookies and data to</div><ul><li>Develop and improve new services"
        "</li><li>Deliver and measure the effectiveness of ads</li><li>Show personalized content,"
        " depending on your settings</li></ul><div>If you choose to “Reject all,” we will not use"
        " cookies for these additional purposes.</div><form action='/save'><input type='submit'"
        " value='Reject all'><input type='submit' value='Accept all'></form></div>",
    ),
    "google_de": document(
        "Bevor Sie fortfahren",
        "<h1>Bevor Sie zur Hafensuche weitergehen</h1><div>Wir verwenden Cookies und Daten, um"
        "</div><ul><li>Dienste bereitzustellen und zu betreiben</li><li>Ausfälle zu prüfen und"
        " Maßnahmen gegen Spam, Betrug und Missbrauch zu ergreifen</li></ul><div>Wenn Sie „Alle"
        " akzeptieren“ auswählen, verwenden wir Cookies und Daten auch, um neue Dienste zu"
        " entwickeln.</div><form><input type='submit' value='Alle ablehnen'><input type='submit'"
        " value='Alle akzeptieren'></form>",
        lang="de",
    ),
    "portal_consent_de": document(
        "Deine Portal-Familie",
        "<form class='consent-form' method='post'><h1>Deine Daten. Deine Entscheidung.</h1><p>Wir,"
        " das Hafenportal, sind Teil einer Markenfamilie.</p><p>Wenn du auf „Alle akzeptieren“"
        " klickst, speichern wir und unsere Partner (darunter 243, die Teil des IAB sind) Cookies"
        " und greifen auf Informationen auf deinem Gerät zu, für personalisierte Werbung.</p>"
        "<p>Du kannst deine Einwilligung widerrufen, jederzeit.</p><button>Alle akzeptieren"
        "</button><button>Alle ablehnen</button></form>",
        lang="de",
    ),
    "cookie_wall_it": document(
        "Il Molo",
        chrome(
            "<div class='cookiewall'><h2>Scegli come accedere a Il Molo</h2><p>Se accetti i cookie"
            " di profilazione, puoi leggere gratuitamente: noi e i nostri partner archiviamo"
            " informazioni su un dispositivo, per annunci personalizzati.</p><p>Altrimenti puoi"
            " abbonarti e navigare senza pubblicità personalizzata.</p><button>Accetta e continua"
            "</button><a href='/abbonati'>Rifiuta e abbonati</a></div>"
        ),
        lang="it",
    ),
    "cookie_wall_es": document(
        "El Muelle",
        "<div class='cw'><h1>Acepta las cookies o suscríbete para continuar</h1><p>Si aceptas las"
        " cookies, nosotros y nuestros socios almacenamos o accedemos a información en un"
        " dispositivo para mostrar publicidad personalizada.</p><p>Puedes retirar tu"
        " consentimiento en cualquier momento en la política de cookies.</p><button>Aceptar y"
        " continuar</button><button>Rechazar y suscribirse</button></div>",
        lang="es",
    ),
    "privacy_gate_nl": document(
        "Privacy Gate | De Kade",
        "<main class='privacy-gate'><h1>De Kade wil je toestemming voor cookies</h1><p>Wij en onze"
        " 180 partners gebruiken cookies en vergelijkbare technieken om informatie op een apparaat"
        " op te slaan en te raadplegen. Zo kunnen we gepersonaliseerde advertenties tonen.</p><p>"
        "Kies je voor ‘Akkoord’, dan ga je hiermee akkoord. Je kunt je toestemming altijd"
        " intrekken via privacy-instellingen.</p><button>Akkoord</button><button>Instellingen"
        "</button></main>",
        lang="nl",
    ),
    "rodo_pl": document(
        "Nabrzeże - wiadomości",
        "<div class='rodo-popup'><h1>Szanowna Użytkowniczko, Szanowny Użytkowniku</h1><p>Klikając"
        " „Przejdź do serwisu”, wyrażasz zgodę na przetwarzanie danych osobowych przez Nabrzeże i"
        " Zaufanych Partnerów w celach marketingowych, w tym wyświetlania spersonalizowanych"
        " reklam.</p><p>Administratorem danych jest Nabrzeże sp. z o.o. Używamy plików cookies."
        " Możesz wycofać zgodę w dowolnym momencie w ustawieniach zaawansowanych.</p><button>"
        "PRZEJDŹ DO SERWISU</button><button>USTAWIENIA ZAAWANSOWANE</button></div>",
        lang="pl",
    ),
    "consent_pt": document(
        "O Cais",
        "<div class='fc-consent-root'><h1>O Cais solicita o seu consentimento para utilizar os seus"
        " dados pessoais para:</h1><ul><li>Publicidade e conteúdos personalizados</li><li>Guardar"
        " e/ou aceder a informações num dispositivo</li></ul><p>Os nossos parceiros podem tratar"
        " os seus dados com base no interesse legítimo. Pode retirar o consentimento.</p>"
        "<button>Consentir</button><button>Não consentir</button></div>",
        lang="pt",
    ),
    "consent_sv": document(
        "Kajen",
        "<div class='cmp'><h1>Vi värnar om din integritet</h1><p>Vi och våra partners använder"
        " cookies för att lagra och komma åt information på en enhet och visa personanpassade"
        " annonser.</p><p>Du kan när som helst återkalla ditt samtycke.</p><button>Godkänn alla"
        "</button><button>Avvisa alla</button></div>",
        lang="sv",
    ),
    "consent_no": document(
        "Brygga",
        "<div class='cmp'><h1>Vi bryr oss om ditt personvern</h1><p>Vi og våre partnere lagrer"
        " og/eller får tilgang til informasjon på en enhet, som informasjonskapsler, for"
        " personaliserte annonser.</p><p>Du kan trekke tilbake samtykket ditt når som helst.</p>"
        "<button>Godta alle</button><button>Avvis alle</button></div>",
        lang="no",
    ),
    "consent_da": document(
        "Kajen",
        "<div class='cmp'><h1>Vi respekterer dit privatliv</h1><p>Vi og vores partnere bruger"
        " cookies til at gemme og tilgå oplysninger på en enhed og vise personaliserede annoncer."
        "</p><p>Du kan altid trække dit samtykke tilbage.</p><button>Accepter alle</button><button>"
        "Afvis alle</button></div>",
        lang="da",
    ),
    "consent_el": document(
        "Η Προκυμαία",
        "<div><h1>Σεβόμαστε την ιδιωτικότητά σας</h1><p>Εμείς και οι συνεργάτες μας αποθηκεύουμε ή"
        " αποκτούμε πρόσβαση σε πληροφορίες σε μια συσκευή, όπως cookies, για εξατομικευμένες"
        " διαφημίσεις.</p><button>ΑΠΟΔΟΧΗ ΟΛΩΝ</button><button>ΠΕΡΙΣΣΟΤΕΡΕΣ ΕΠΙΛΟΓΕΣ</button></div>",
        lang="el",
    ),
    "consent_ru": document(
        "Причал",
        "<div><h1>Мы ценим вашу конфиденциальность</h1><p>Мы и наши партнеры используем файлы"
        " cookie, чтобы хранить информацию на устройстве и показывать персонализированную рекламу."
        "</p><button>Принять все</button><button>Отклонить все</button></div>",
        lang="ru",
    ),
    "consent_ja": document(
        "波止場新聞",
        "<div><h1>プライバシー設定</h1><p>当サイトとパートナーは、Cookieを使用してデバイス上の"
        "情報を保存し、パーソナライズされた広告を表示します。同意はいつでも撤回できます。</p>"
        "<button>すべて同意する</button><button>すべて拒否する</button></div>",
        lang="ja",
    ),
    "consent_zh": document(
        "码头日报",
        "<div><h1>我们重视您的隐私</h1><p>我们和合作伙伴使用 Cookie 在您的设备上存储和访问信息，"
        "用于个性化广告。您可以随时撤回同意。</p><button>全部接受</button><button>全部拒绝</button>"
        "</div>",
        lang="zh",
    ),
}
