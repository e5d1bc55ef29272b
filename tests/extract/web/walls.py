"""Bot walls, logins, errors and empty shells as vendors and servers write them."""

from collections.abc import Iterator

from tests.extract.web import FOOTER, NO_URL, Sample, chrome, document


def samples() -> Iterator[Sample]:
    """Every page that is neither story nor listing, but for consent and paywalls."""
    for reason, pages in _PAGES.items():
        for name, html in pages.items():
            yield Sample(f"{reason}/{name}", html, reason)
    for lang, (title, heading, text) in NOT_FOUND.items():
        yield Sample(f"not_found/{lang}", _in_chrome(lang, title, heading, text), "SoftNotFound")
    for lang, (title, heading, text) in FAULTS.items():
        yield Sample(f"fault/{lang}", _bare(lang, title, heading, text), "ErrorPage")
    for name, (url, html) in _DOCUMENTS.items():
        yield Sample(f"document/{name}", html, "OtherDocument", url or NO_URL)


def _bare(lang: str, title: str, heading: str, text: str) -> str:
    body = f"<div class='box'><h1>{heading}</h1><p>{text}</p></div>"
    return document(title, body, lang=lang)


def _in_chrome(lang: str, title: str, heading: str, text: str) -> str:
    """An error within the frame of the site, above the stories that are read most."""
    cards = "".join(
        f"<li><a href='/news/{n}-ferry-runs-again.html'><h3>Ferry number {n} runs again after the"
        " storm of Monday</h3></a></li>"
        for n in range(6)
    )
    main = f"<h1>{heading}</h1><p>{text}</p>"
    popular = f"<section class='popular'><h2>Top</h2><ul>{cards}</ul></section>"
    return document(title, chrome(main, popular), lang=lang)


_BOT = {
    "cloudflare_js": document(
        "Just a moment...",
        "<div class='main-wrapper' role='main'><div class='main-content'><noscript><div class="
        "'h2'><span id='challenge-error-text'>Enable JavaScript and cookies to continue</span>"
        "</div></noscript></div></div><script>window._cf_chl_opt={cType:'managed'};</script>"
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
    ),
    "cloudflare_js_de": document(
        "Nur einen Moment…",
        "<h1>www.hafenblatt.example</h1><p>Überprüfen Sie, ob Sie ein Mensch sind. Dies kann einige"
        " Sekunden dauern.</p><p>www.hafenblatt.example muss die Sicherheit Ihrer Verbindung"
        " überprüfen, bevor Sie fortfahren können.</p>"
        "<div class='ray-id'>Ray ID: <code>8f2a</code></div><div>Leistung und Sicherheit durch"
        " Cloudflare</div>",
        lang="de",
    ),
    "cloudflare_block": document(
        "Attention Required! | Cloudflare",
        "<div id='cf-wrapper'><h1>Sorry, you have been blocked</h1><h2>You are unable to access"
        " harbour.example</h2><h2>Why have I been blocked?</h2><p>This website is using a security"
        " service to protect itself from online attacks. The action you just performed triggered"
        " the security solution. There are several actions that could trigger this block including"
        " submitting a certain word or phrase, a SQL command or malformed data.</p><h2>What can I"
        " do to resolve this?</h2><p>You can email the site owner to let them know you were"
        " blocked. Please include what you were doing when this page came up and the Cloudflare"
        " Ray ID found at the bottom of this page.</p></div>",
    ),
    "cloudflare_country": document(
        "Access denied | harbour.example used Cloudflare to restrict access",
        "<div id='cf-error-details'><h1>Error 1020</h1><h2>Access denied</h2><h2>What happened?</h2>"
        "<p>This website is using a security service to protect itself from online attacks.</p>"
        "</div>",
    ),
    "akamai": document(
        "Access Denied",
        "<H1>Access Denied</H1>You don't have permission to access"
        ' "http&#58;&#47;&#47;www&#46;harbour&#46;example&#47;news" on this server.<P>Reference'
        " &#35;18&#46;8c9e1502&#46;1700&#46;1f2</P><P>https&#58;&#47;&#47;errors&#46;edgesuite"
        "&#46;net&#47;18&#46;8c9e</P>",
    ),
    "perimeterx": document(
        "Access to this page has been denied.",
        "<section class='container'><div class='customer-logo-wrapper'></div><div class="
        "'page-title-wrapper'><h1>Please verify you are a human</h1></div><div id='px-captcha'>"
        "</div><p>Access to this page has been denied because we believe you are using automation"
        " tools to browse the website.</p><p>This may happen as a result of the following:</p><ul>"
        "<li>Javascript is disabled or blocked by an extension (ad blockers for example)</li><li>"
        "Your browser does not support cookies</li></ul><p>Reference ID: #1f2</p></section>",
    ),
    "press_and_hold": document(
        "harbour.example",
        "<div><p>Before we continue...</p><p>Press &amp; Hold to confirm you are a human (and not a"
        " bot).</p><p>Reference ID 5f8e</p></div>",
    ),
    "datadome": document(
        "harbour.example",
        "<p id='cmsg'>Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c',"
        "'host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/"
        "c.js'></script>",
    ),
    "imperva": document(
        "",
        "<iframe id='main-iframe' src='/_Incapsula_Resource?SWUDNSAI=31' frameborder=0>Request"
        " unsuccessful. Incapsula incident ID: 877-0</iframe>",
        "<meta name='ROBOTS' content='NOINDEX, NOFOLLOW'>",
    ),
    "distil": document(
        "Pardon Our Interruption",
        "<div class='container'><h1>Pardon Our Interruption...</h1><p>As you were browsing"
        " something about your browser made us think you were a bot. There are a few reasons this"
        " might happen:</p><ul><li>You're a power user moving through this website with super-human"
        " speed.</li><li>You've disabled cookies in your web browser.</li><li>A third-party browser"
        " plugin, such as Ghostery or NoScript, is preventing JavaScript from running.</li></ul>"
        "<p>To regain access, please make sure that cookies and JavaScript are enabled before"
        " reloading the page.</p></div>",
    ),
    "recaptcha": document(
        "Harbour Times",
        "<h1>Are you a robot?</h1><p>We've detected unusual activity from your computer network. To"
        " continue, please click the box below to let us know you're not a robot.</p><div class="
        "'g-recaptcha' data-sitekey='6L'></div><script src='https://www.google.com/recaptcha/api.js'>"
        "</script><p>Why did this happen? Please make sure your browser supports JavaScript and"
        " cookies and that you are not blocking them from loading.</p>",
    ),
    "hcaptcha": document(
        "One more step",
        "<h1>One more step</h1><p>Please complete the security check to access harbour.example</p>"
        "<div class='h-captcha' data-sitekey='x'></div>",
    ),
    "aws_waf": document(
        "Human Verification",
        "<noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that"
        " you're not a robot. This requires JavaScript. Enable JavaScript and then reload the page."
        "</noscript><div id='captcha-container'></div><script src='https://x.captcha-sdk.awswaf.com/"
        "captcha.js'></script>",
    ),
    "rate": document(
        "Too many requests",
        "<h1>429 Too Many Requests</h1><p>You have sent too many requests in a given amount of"
        " time.</p>",
    ),
    "robot_fr": document(
        "Le Quai",
        "<h1>Accès temporairement restreint</h1><p>Nous avons détecté une activité inhabituelle"
        " depuis votre réseau. Veuillez confirmer que vous n'êtes pas un robot.</p>",
        lang="fr",
    ),
    "robot_ru": document(
        "Ой!",
        "<h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Нам очень жаль, но запросы с"
        " вашего устройства похожи на автоматические.</p>",
        lang="ru",
    ),
    "robot_zh": document("访问验证", "<p>请完成安全验证，拖动滑块后继续访问。</p>", lang="zh"),
    "robot_es": document(
        "Acceso denegado",
        "<h1>Acceso denegado</h1><p>Hemos detectado tráfico inusual. Confirma que no eres un robot."
        "</p>",
        lang="es",
    ),
    "nginx_forbidden": document(
        "403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"
    ),
}
_LOGIN = {
    "en": document(
        "Log in | Harbour Times",
        chrome(
            "<h1>Welcome back</h1><p>Log in to your Harbour Times account to continue.</p><form>"
            "<label>Email address</label><input type='email'><label>Password</label><input"
            " type='password'><button>Log in</button></form><p><a href='/reset'>Forgot your"
            " password?</a> Don't have an account? <a href='/register'>Register now</a></p>"
        ),
    ),
    "email_first": document(
        "Sign in to your account",
        "<h1>Sign in</h1><form><input type='email' name='email'><button>Continue</button></form>"
        "<p>Or continue with <a href='#'>a partner</a>. New here? Create an account. By signing in"
        " you agree to our terms of service and privacy policy.</p>",
    ),
    "de": document(
        "Anmelden - Hafenblatt",
        "<h1>Anmelden</h1><form><input type='email'><input type='password'></form><p>Passwort"
        " vergessen? Noch kein Konto? Jetzt registrieren.</p>",
        lang="de",
    ),
    "fr": document(
        "Connexion",
        "<h1>Se connecter à mon compte</h1><form><input type='email'><input type='password'></form>"
        "<p>Mot de passe oublié ? Pas encore de compte ?</p>",
        lang="fr",
    ),
    "nl": document(
        "Inloggen | De Kade",
        "<h1>Inloggen</h1><form><input type='password'></form><p>Wachtwoord vergeten? Nog geen"
        " account? Maak een account aan.</p>",
        lang="nl",
    ),
    "ja": document(
        "ログイン | 波止場新聞",
        "<h1>ログイン</h1><form><input type='password'></form><p>パスワードをお忘れの方は"
        "こちら。新規会員登録。</p>",
        lang="ja",
    ),
    "sv": document(
        "Logga in",
        "<h1>Logga in</h1><form><input type='password'></form><p>Glömt lösenord? Skapa konto.</p>",
        lang="sv",
    ),
}
_EMPTY = {
    "app_shell": document(
        "Harbour Times",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"
        "<script src='/static/js/main.8f2.js'></script>",
    ),
    "app_shell_in_chrome": document(
        "Harbour Times",
        "<div id='__next'></div><noscript><p>Diese Website benötigt JavaScript, um vollständig zu"
        " funktionieren. Bitte aktivieren Sie JavaScript in Ihrem Browser.</p></noscript>",
        lang="de",
    ),
    "loading": document("Harbour Times", "<div id='app'><p>Loading…</p></div><script></script>"),
    "frame_of_a_captcha": document(
        "You have been blocked",
        "<iframe src='https://geo.captcha.example/captcha/?initialCid=A'></iframe>",
    ),
}
_TEXTLESS = {
    "only_frame": document("Harbour Times", chrome("<div class='article-slot'></div>")),
}
_ERRORS = {
    "wordpress_database": document(
        "Database Error", "<h1>Error establishing a database connection</h1>"
    ),
    "wordpress_critical": document(
        "WordPress &rsaquo; Error",
        "<div class='wp-die-message'><p>There has been a critical error on this website.</p><p><a"
        " href='https://wordpress.example/'>Learn more about troubleshooting WordPress.</a></p>"
        "</div>",
    ),
    "varnish": document(
        "503 Backend fetch failed",
        "<h1>Error 503 Backend fetch failed</h1><p>Backend fetch failed</p><h3>Guru Meditation:</h3>"
        "<p>XID: 3308</p><hr><p>Varnish cache server</p>",
    ),
    "fastly": document(
        "Fastly error: unknown domain",
        "<p>Fastly error: unknown domain: harbour.example. Please check that this domain has been"
        " added to a service.</p>",
    ),
    "cloudfront": document(
        "ERROR: The request could not be satisfied",
        "<H1>504 ERROR</H1><H2>The request could not be satisfied.</H2><HR>CloudFront attempted to"
        " establish a connection with the origin, but either the attempt failed or the origin"
        " closed the connection. We can't connect to the server for this app or website at this"
        " time. There might be too much traffic or a configuration error. Try again later, or"
        " contact the app or website owner.<PRE>Generated by cloudfront (CloudFront)</PRE>",
    ),
    "maintenance": document(
        "Harbour Times is being updated",
        "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience but we're performing some"
        " maintenance at the moment. We'll be back online shortly!</p><p>— The Team</p>",
    ),
    "application": document(
        "Application error",
        "<h2>Application error: a client-side exception has occurred (see the browser console for"
        " more information).</h2>",
    ),
    "chrome_500": document(
        "Harbour Times - Error",
        chrome(
            "<h1>Sorry, something went wrong</h1><p>We are experiencing technical difficulties."
            " Please try again later.</p>"
        ),
    ),
}
_GEO = {
    "451": document(
        "451: Unavailable due to legal reasons",
        "<h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access"
        " this website from a country belonging to the European Economic Area (EEA) including the"
        " EU which enforces the General Data Protection Regulation (GDPR) and therefore access"
        " cannot be granted at this time. For any issues, contact news@harbour.example or call"
        " 555-0100.</p>",
    ),
    "gdpr": document(
        "Harbour Tribune",
        "<p>Unfortunately, our website is currently unavailable in most European countries. We are"
        " engaged on the issue and committed to looking at options that support our full range of"
        " digital offerings to the EU market.</p>",
    ),
    "region": document(
        "Not available in your region",
        "<h1>This content is not available in your region</h1><p>Due to rights restrictions, this"
        " content is not available in your location.</p>",
    ),
}
_PAGES = {
    "BotWall": _BOT,
    "LoginPage": _LOGIN,
    "EmptyPage": _EMPTY,
    "TextTooShort": _TEXTLESS,
    "ErrorPage": _ERRORS,
    "GeoBlock": _GEO,
    "SoftNotFound": {
        "generic": document(
            "Oops! - Harbour Times",
            chrome(
                "<h1>Oops!</h1><p>We can’t find the page you’re looking for. It may have been moved,"
                " or the address may be wrong. Try a search, or go to the home page.</p>"
            ),
        ),
        "wordpress": document(
            "Page not found &#8211; Harbour Times",
            chrome(
                "<section class='error-404 not-found'><h1>Oops! That page can&rsquo;t be found.</h1>"
                "<p>It looks like nothing was found at this location. Maybe try one of the links"
                " below or a search?</p></section>"
            ),
        ),
        "number": document(
            "404 | Harbour Times",
            "<h1>404</h1><p>Sorry, the story you wanted has sailed.</p>" + FOOTER,
        ),
        "gone": document(
            "Harbour Times",
            chrome("<h1>Article no longer available</h1><p>This article has been removed.</p>"),
        ),
        "next": document(
            "404: This page could not be found",
            "<h1>404</h1><h2>This page could not be found.</h2>",
        ),
    },
}

NOT_FOUND = {
    "en": ("Page not found | Harbour Times", "Sorry, we can’t find that page", "The page you are"
           " looking for may have been moved or deleted."),
    "de": ("Seite nicht gefunden - Hafenblatt", "Seite nicht gefunden", "Die von Ihnen aufgerufene"
           " Seite existiert leider nicht (mehr)."),
    "fr": ("Page introuvable - Le Quai", "Oups, cette page est introuvable", "La page que vous"
           " demandez n’existe pas ou n’existe plus."),
    "es": ("Página no encontrada | El Muelle", "¡Vaya! No encontramos esa página", "La página que"
           " busca no existe o ha sido movida."),
    "it": ("Pagina non trovata - Il Molo", "Pagina non trovata", "La pagina che stai cercando non"
           " esiste o è stata spostata."),
    "nl": ("Pagina niet gevonden | De Kade", "Deze pagina bestaat niet", "De pagina die je zoekt"
           " bestaat niet meer of is verplaatst."),
    "pl": ("Nie znaleziono strony - Nabrzeże", "Strona nie istnieje", "Strona, której szukasz, nie"
           " istnieje lub została usunięta."),
    "pt": ("Página não encontrada - O Cais", "Página não encontrada", "A página que procura não"
           " existe ou foi removida."),
    "ru": ("Страница не найдена — Причал", "Ошибка 404", "Запрашиваемая страница не существует или"
           " была удалена."),
    "el": ("Η σελίδα δεν βρέθηκε - Η Προκυμαία", "404", "Η σελίδα που αναζητάτε δεν υπάρχει ή έχει"
           " μετακινηθεί."),
    "zh": ("页面不存在 - 码头日报", "抱歉，您访问的页面不存在", "您访问的页面可能已被删除或移动。"),
    "ja": ("ページが見つかりません | 波止場新聞", "お探しのページは見つかりませんでした", "ページが"
           "移動または削除された可能性があります。"),
    "sv": ("Sidan hittades inte | Kajen", "Sidan kunde inte hittas", "Sidan du söker finns inte"
           " eller har flyttats."),
    "no": ("Siden ble ikke funnet - Brygga", "Fant ikke siden", "Siden du leter etter finnes ikke"
           " eller er flyttet."),
    "da": ("Siden blev ikke fundet - Kajen", "Siden findes ikke", "Den side, du leder efter, findes"
           " ikke eller er flyttet."),
}  # fmt: skip
FAULTS = {
    "en": ("Service Unavailable", "Service Unavailable", "The server is temporarily unable to"
           " service your request due to maintenance downtime. Please try again later."),
    "de": ("Wartungsarbeiten", "Wartungsarbeiten", "Unsere Website wird gerade gewartet. Bitte"
           " versuchen Sie es später noch einmal."),
    "fr": ("Site en maintenance", "Site en maintenance", "Notre site est en maintenance. Merci de"
           " réessayer plus tard."),
    "es": ("Error del servidor", "Ha ocurrido un error", "Estamos teniendo problemas técnicos."
           " Inténtelo de nuevo más tarde."),
    "it": ("Sito in manutenzione", "Torniamo subito", "Il sito è in manutenzione. Riprova più"
           " tardi."),
    "nl": ("Er is iets misgegaan", "Er is iets misgegaan", "Door een technische storing is deze"
           " pagina tijdelijk niet beschikbaar. Probeer het later opnieuw."),
    "pl": ("Przerwa techniczna", "Przerwa techniczna", "Trwają prace techniczne. Spróbuj ponownie"
           " później."),
    "pt": ("Erro interno do servidor", "Ocorreu um erro", "Tente novamente mais tarde."),
    "ru": ("Технические работы", "Ведутся технические работы", "Сайт временно недоступен."
           " Попробуйте позже."),
    "el": ("Σφάλμα διακομιστή", "Παρουσιάστηκε σφάλμα", "Δοκιμάστε ξανά αργότερα."),
    "zh": ("系统维护", "系统维护中", "网站正在维护，请稍后再试。"),
    "ja": ("メンテナンス中", "ただいまメンテナンス中です", "しばらくしてからもう一度お試しください。"),
    "sv": ("Något gick fel", "Något gick fel", "Ett tekniskt fel har uppstått. Försök igen senare."),
    "no": ("Noe gikk galt", "Noe gikk galt", "Det har oppstått en teknisk feil. Prøv igjen senere."),
    "da": ("Der opstod en fejl", "Der opstod en fejl", "Vi har tekniske problemer. Prøv igen"
           " senere."),
}  # fmt: skip

_LEGAL = "".join(
    f"<h2>{n}. Liability</h2><p>The publisher is responsible for its own content under the general"
    f" laws, as section {n} of this page says in more words than anyone has ever read at once.</p>"
    for n in range(1, 8)
)
_QUOTES = "".join(
    f"<tr><td>PORT{n}</td><td>{n}7.35</td><td>+0.{n}2</td><td>1.2 M</td></tr>" for n in range(30)
)
_DAYS = "".join(
    f"<li><h3>Day {n}</h3><p>Light rain, {n + 4} °C, wind 12 km/h, humidity 83 %</p></li>"
    for n in range(10)
)
_LD = "<script type='application/ld+json'>{}</script>"
_DOCUMENTS: dict[str, tuple[str, str]] = {
    "imprint_de": ("", document("Impressum - Hafenblatt", chrome(f"<h1>Impressum</h1>{_LEGAL}"))),
    "terms": ("", document("Terms of Service | Harbour", chrome(f"<h1>Terms of Service</h1>{_LEGAL}"))),
    "privacy": ("", document("Privacy Policy", chrome(f"<h1>Privacy Policy</h1>{_LEGAL}"))),
    "mentions_fr": ("", document("Mentions légales", chrome(f"<h1>Mentions légales</h1>{_LEGAL}"))),
    "contact": (
        "https://harbour.example/contact",
        document("Contact", chrome("<h1>Contact us</h1><p>Write to the newsroom at any time of the"
                                   " day; the harbour never sleeps, and neither do we.</p>")),
    ),
    "about_page_type": (
        "",
        document("Who we are", chrome(f"<h1>Who we are</h1>{_LEGAL}"),
                 _LD.format('{"@type": "AboutPage", "name": "Who we are"}')),
    ),
    "product": (
        "",
        document(
            "Brass barometer, 12 cm",
            chrome(
                "<h1>Brass barometer, 12 cm</h1><p>€ 89.00</p><button>Add to cart</button><p>A"
                " barometer of solid brass with a face of enamel, made by hand in the old town and"
                " tested on the quay for a week before it is sent to you.</p>"
            ),
            _LD.format('{"@type": "Product", "name": "Brass barometer", "offers": {"@type":'
                       ' "Offer", "price": "89.00"}}'),
        ),
    ),
    "job": (
        "",
        document(
            "Crane operator (m/f/d)",
            chrome("<h1>Crane operator</h1><p>You lift containers of up to forty tons off ships and"
                   " onto lorries, in shifts, and like it. We pay by the tariff of the port.</p>"),
            _LD.format('{"@type": "JobPosting", "title": "Crane operator"}'),
        ),
    ),
    "game": (
        "https://harbour.example/games/crossword",
        document("Daily crossword | Games", chrome("<h1>Daily crossword</h1><p>Play our free daily"
                 " crossword and share your time with friends every morning.</p>")),
    ),
    "newsletter": (
        "",
        document("Newsletters | Harbour Times", chrome(
            "<h1>Sign up for our newsletters</h1><p>The day's stories from the quay in your inbox,"
            " every morning at six o'clock.</p><form><input type='email'><button>Sign up</button>"
            "</form><p>By signing up you agree to our terms.</p>")),
    ),
    "stocks": (
        "",
        document("PORT 30 share prices", chrome(f"<h1>PORT 30</h1><table>{_QUOTES}</table><p>Prices"
                 " are delayed by at least fifteen minutes and come without any warranty.</p>")),
    ),
    "weather": (
        "https://harbour.example/weather/northport",
        document("Weather for Northport", chrome(f"<h1>Northport</h1><ul>{_DAYS}</ul>")),
    ),
    "video_without_text": (
        "",
        document(
            "Watch: ferry leaves the quay",
            chrome("<h1>Watch: ferry leaves the quay</h1><video src='/v.mp4'></video>"),
            _LD.format('{"@type": "VideoObject", "name": "Watch: ferry leaves the quay"}'),
        ),
    ),
}  # fmt: skip
