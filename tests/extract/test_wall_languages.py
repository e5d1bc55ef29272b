"""Walls in languages of other scripts and of the east of Europe are rejected by name."""

import pytest

from pipelines import rejects
from pipelines.extract import extract_article
from pipelines.items import Page
from tests.extract.web import FOOTER, NOW, document

_PASSWORD = "<form><input name=u><input type=password name=p></form>"
_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay",'
    ' "datePublished": "2026-10-30T10:00:00Z", "isAccessibleForFree": false}</script>'
)
WALLS = {
    "ar": {
        "ConsentWall": (
            "نحن نهتم بخصوصيتك",
            ("نحن وشركاؤنا البالغ عددهم 812 نستخدم ملفات تعريف الارتباط لتخزين المعلومات على جهازك"
            " وعرض إعلانات مخصصة، ويمكنك سحب موافقتك في أي وقت."),
        ),
        "BotWall": ("لحظة من فضلك", "يرجى التأكيد أنك إنسان ولست روبوتا قبل المتابعة إلى الموقع."),
        "LoginPage": ("تسجيل الدخول", "هل نسيت كلمة المرور؟ ليس لديك حساب؟ سجل مجانا."),
        "PaywallStub": (
            "صوّت مجلس الميناء يوم الثلاثاء على إغلاق الرصيف الشمالي سبع سنوات كاملة.",
            "لمتابعة القراءة اشترك الآن. هذا المقال للمشتركين فقط. هل أنت مشترك؟",
        ),
        "SoftNotFound": ("الصفحة غير موجودة", "الصفحة التي تبحث عنها تم حذفها أو لم تعد موجودة."),
        "ErrorPage": ("الموقع تحت الصيانة", "نعتذر عن الإزعاج، يرجى المحاولة مرة أخرى لاحقا."),
    },
    "hu": {
        "ConsentWall": (
            "Fontos számunkra az Ön adatainak védelme",
            ("Mi és 812 partnereink sütiket használunk, és információkat tárolunk az Ön eszközén,"
            " személyre szabott hirdetések céljából. Hozzájárulását visszavonhatja."),
        ),
        "BotWall": ("Egy pillanat…", "Kérjük, igazolja, hogy Ön ember és nem robot."),
        "LoginPage": ("Bejelentkezés", ("Elfelejtette a jelszavát? Még nincs fiókja? Regisztráljon"
                      " ingyen.")),
        "PaywallStub": (
            "A kikötő tanácsa kedden úgy döntött, hogy hét évre bezárja az északi rakpartot.",
            ("Az olvasás folytatásához fizessen elő. Csak előfizetőknek szól. Már előfizető? Lépjen"
            " be."),
        ),
        "SoftNotFound": ("Az oldal nem található", "A keresett oldal nem létezik vagy törölték."),
        "ErrorPage": ("Karbantartás", ("Technikai hiba miatt az oldal átmenetileg nem érhető el."
                      " Próbálja meg később.")),
    },
    "ro": {
        "ConsentWall": (
            "Respectăm confidențialitatea ta",
            ("Noi și cei 812 parteneri ai noștri folosim cookie-uri pentru a stoca informații pe un"
            " dispozitiv și pentru publicitate personalizată. Partenerii noștri invocă un interes"
            " legitim."),
        ),
        "BotWall": ("Un moment…", "Confirmă că ești om și că nu ești un robot pentru a continua."),
        "LoginPage": ("Autentificare", "Ai uitat parola? Nu ai cont? Înregistrează-te gratuit."),
        "PaywallStub": (
            "Consiliul portului a votat marți închiderea cheiului de nord pentru șapte ani.",
            ("Pentru a citi mai departe, abonează-te acum. Exclusiv pentru abonați. Ești deja"
            " abonat?"),
        ),
        "SoftNotFound": ("Pagina nu a fost găsită", ("Pagina pe care o cauți nu mai există sau a"
                         " fost mutată.")),
        "ErrorPage": ("Site în mentenanță", "Ne cerem scuze. Încercați din nou mai târziu."),
    },
    "he": {
        "BotWall": ("רק רגע", "אנא אשרו שאתה אנושי ושאינך רובוט כדי להמשיך."),
        "LoginPage": ("התחברות", "שכחת סיסמה? עדיין אין לך חשבון? הרשמה חינם."),
        "SoftNotFound": ("הדף לא נמצא", "הדף שחיפשת הוסר או הועבר."),
        "ErrorPage": ("משהו השתבש", "אירעה שגיאה. נסו שוב מאוחר יותר."),
    },
    "fa": {
        "BotWall": ("بررسی امنیتی", "لطفا تأیید کنید که انسان هستید و ربات نیستید."),
        "LoginPage": ("ورود", "رمز عبور را فراموش کرده‌اید؟ حساب کاربری ندارید؟"),
        "SoftNotFound": ("صفحه یافت نشد", "صفحه مورد نظر شما حذف شده یا جابه‌جا شده است."),
        "ErrorPage": ("خطایی رخ داد", "مشکل فنی پیش آمده است. دوباره تلاش کنید."),
    },
    "hi": {
        "BotWall": ("सुरक्षा जांच", "कृपया पुष्टि करें कि आप इंसान हैं और आप रोबोट नहीं हैं।"),
        "LoginPage": ("लॉग इन", "पासवर्ड भूल गए? खाता नहीं है? खाता बनाएं।"),
        "SoftNotFound": ("पेज नहीं मिला", "आप जिस पेज को खोज रहे हैं वह अब नहीं है।"),
        "ErrorPage": ("कुछ गलत हो गया", "तकनीकी समस्या है। कृपया बाद में प्रयास करें।"),
    },
    "id": {
        "BotWall": ("Tunggu sebentar", "Pastikan Anda adalah manusia dan Anda bukan robot."),
        "LoginPage": ("Masuk", "Lupa kata sandi? Belum punya akun? Daftar gratis."),
        "SoftNotFound": ("Halaman tidak ditemukan", "Halaman yang Anda cari telah dihapus."),
        "ErrorPage": ("Terjadi kesalahan", "Ada gangguan teknis. Silakan coba lagi."),
    },
    "vi": {
        "BotWall": ("Kiểm tra bảo mật", "Hãy xác nhận bạn là con người, không phải là robot."),
        "LoginPage": ("Đăng nhập", "Quên mật khẩu? Chưa có tài khoản? Đăng ký miễn phí."),
        "SoftNotFound": ("Không tìm thấy trang", "Trang bạn tìm đã bị xóa hoặc đổi địa chỉ."),
        "ErrorPage": ("Đã xảy ra lỗi", "Hệ thống gặp sự cố kỹ thuật. Vui lòng thử lại sau."),
    },
}  # fmt: skip
CASES = [(lang, reason) for lang, walls in WALLS.items() for reason in walls]
STORIES = {
    "ar": (
        "ملفات تعريف الارتباط: قانون جديد في المدينة",
        ("أقر البرلمان يوم الثلاثاء قانونا يلزم المواقع بأن تطلب موافقة زوارها على ملفات تعريف"
        " الارتباط، وقالت الوزيرة ليلى حداد إن القانون يحمي خصوصية المواطنين في كل المدن."),
        ("وأضافت حداد أن رسالة «الصفحة غير موجودة» تظهر كل يوم آلاف المرات، وأن كثيرين نسوا كلمة"
        " المرور. وقال سمير ناصر من جمعية المستهلكين إن المشتركين يدفعون أكثر من قبل."),
        ("ومن المقرر أن يدخل القانون حيز التنفيذ في شهر مايو المقبل بعد نشره في الجريدة الرسمية،"
        " على أن تراقب تطبيقه هيئة مستقلة يرأسها القاضي كريم منصور."),
    ),
    "hu": (
        "Sütik: új törvény a honlapokról",
        ("A parlament kedden elfogadta azt a törvényt, amely szerint a honlapoknak engedélyt kell"
        " kérniük a sütikhez. Kovács Anna miniszter szerint a törvény védi a polgárokat."),
        ("„Az oldal nem található” üzenet naponta ezrek előtt jelenik meg, mondta Kovács, és sokan"
        " elfelejtették a jelszavukat. Nagy Péter szerint az előfizetők többet fizetnek."),
        ("A törvény májusban lép hatályba, miután megjelent a hivatalos közlönyben. Betartását egy"
        " független testület ellenőrzi, amelynek Szabó Gábor bíró lesz az elnöke."),
    ),
    "ro": (
        "Cookie-uri: o lege nouă pentru site-uri",
        ("Parlamentul a adoptat marți legea care obligă site-urile să ceară acordul vizitatorilor"
        " pentru cookie-uri. Ministra Ana Popescu spune că legea îi apără pe cetățeni."),
        ("Mesajul „Pagina nu a fost găsită” apare zilnic de mii de ori, a spus Popescu, și mulți"
        " și-au uitat parola. Ion Stan spune că abonații plătesc mai mult decât înainte."),
        ("Legea intră în vigoare în luna mai, după publicarea în Monitorul Oficial. O autoritate"
        " independentă, condusă de judecătorul Mihai Dumitru, va urmări aplicarea ei."),
    ),
}  # fmt: skip


def page(html: str) -> Page:
    return Page(url="https://quay.example/news/4711.html", body=html.encode(), fetched_at=NOW)


@pytest.mark.parametrize(("lang", "reason"), CASES)
def test_wall_is_rejected_by_name(lang: str, reason: str) -> None:
    title, text = WALLS[lang][reason]
    is_stub, form = reason == "PaywallStub", _PASSWORD if reason == "LoginPage" else ""
    told = f"<p>{title}</p><p>{text}</p>" if is_stub else f"<p>{text}</p>{form}"
    heading = "Quay" if is_stub else title
    html = document(heading, f"<main><h1>{heading}</h1>{told}</main>", _LD * is_stub, lang)
    with pytest.raises(rejects.NotAnArticle) as caught:
        extract_article(page(html + FOOTER), min_chars=0)
    assert caught.value.reason == reason
    assert "it says" in caught.value.evidence


def test_romanian_with_cedillas_is_romanian() -> None:
    title, text = (part.translate(str.maketrans("șț", "şţ")) for part in WALLS["ro"]["ConsentWall"])
    html = document("Cheiul", f"<main><h1>{title}</h1><p>{text}</p></main>", lang="ro")
    with pytest.raises(rejects.ConsentWall, match="informaţii pe un"):
        extract_article(page(html), min_chars=0)


@pytest.mark.parametrize("lang", STORIES)
def test_story_about_walls_is_kept(lang: str) -> None:
    title, *told = STORIES[lang]
    body = "".join(f"<p>{text}</p>" for text in told)
    html = document(title, f"<main><h1>{title}</h1>{body}</main>{FOOTER}", lang=lang)
    assert extract_article(page(html)).text.split("\n\n") == told
