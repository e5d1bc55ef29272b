"""Stories that newsrooms fill from templates: alike in words, never copies of one another.

`{n…}` stands for a number, `{name}` for a person, `{place}` for a place, each drawn anew.
"""

import random
import re

TEMPLATES = {
    "weather en": """{place} will see a mix of sun and cloud on {day} with a high of {n40} degrees
        and a low of {n20} degrees, forecasters said. Winds from the west will reach {n60}
        kilometres an hour in the afternoon, with gusts of up to {n90} near the coast. The chance
        of rain is {n100} per cent in the morning, rising to {n100} per cent after dark. The sun
        rises at {n12}:{n60} and sets at {n12}:{n60}. On the following day temperatures are
        expected to climb to {n40} degrees, before a cold front from the north brings showers and
        {n30} millimetres of rain. People should avoid unnecessary travel and keep windows shut.""",
    "weather de": """In {place} bleibt es am {day} meist bewölkt bei Höchstwerten von {n40} Grad.
        In der Nacht sinken die Temperaturen auf {n20} Grad. Der Wind weht mit {n60} Kilometern
        pro Stunde aus West, in Böen bis {n90}. Die Regenwahrscheinlichkeit liegt am Vormittag bei
        {n100} Prozent und steigt am Abend auf {n100} Prozent. Am Wochenende rechnet der
        Wetterdienst mit bis zu {n40} Grad und örtlich {n30} Litern Regen je Quadratmeter.
        Autofahrer sollten mit Aquaplaning rechnen und vorsichtig fahren, heißt es weiter.""",
    "football en": """{name} scored in minute {n90} as {place} beat {place} {n6}-{n6} in front of
        {n90000} fans on {day}. The visitors had taken the lead after {n45} minutes through {name},
        whose shot from {n30} metres gave the goalkeeper no chance. After the break the hosts
        pressed forward and were rewarded when {name} headed home from a corner. The win takes the
        hosts to {n90} points, {n20} ahead of the next team in the table with {n30} games left to
        play. Coach {name} said after the match that his players had shown great character and
        deserved the three points. They meet {place} in the next round.""",
    "football es": """{name} marcó en el minuto {n90} y dio la victoria al {place} frente al
        {place} por {n6}-{n6} ante {n90000} espectadores. El visitante se adelantó en el minuto
        {n45} por medio de {name}, con un disparo desde {n30} metros que sorprendió al portero. Tras
        el descanso el equipo local buscó el empate y lo encontró en un saque de esquina que remató
        {name}. Con este resultado el conjunto suma {n90} puntos en la clasificación, con {n20} de
        ventaja sobre el segundo. El entrenador {name} destacó el carácter de sus jugadores.""",
    "market en": """Stocks closed higher on {day} as investors weighed company earnings and
        the outlook for interest rates. The Dow Jones Industrial Average rose {n900} points, or
        {n9}.{n100} percent, to {n90000}.{n100}. The broader index gained {n90} points, or
        {n9}.{n100} percent, to {n9000}.{n100}, while the Nasdaq Composite added {n900} points, or
        {n9}.{n100} percent, to {n90000}.{n100}. Advancing issues outnumbered declining ones by
        {n9}.{n100} to one. About {n90}.{n10} billion shares changed hands, compared with an average
        of {n90}.{n10} billion over the last {n30} sessions. Oil settled at {n100}.{n100} dollars a
        barrel and gold at {n4000} dollars an ounce. Bond yields were little changed.""",
    "market ru": """Торги на Московской бирже в {n24}:{n60} открылись разнонаправленно. Индекс
        вырос на {n9},{n100} процента и составил {n4000},{n100} пункта, долларовый индекс снизился
        на {n9},{n100} процента, до {n4000},{n100} пункта. Курс доллара составил {n100},{n100}
        рубля, что на {n90} копеек выше уровня закрытия предыдущих торгов. Курс евро поднялся
        на {n90} копеек, до {n100},{n100} рубля.
        Цена нефти выросла на {n9},{n100} процента, до {n100},{n100}
        доллара за баррель. Аналитики ожидают, что в течение дня торги пройдут спокойно.""",
    "lottery en": """The winning numbers in the draw of {day} were {n60}, {n60}, {n60}, {n60}, {n60}
        and {n60}, with the bonus number {n60}. Nobody matched all six numbers, so the jackpot
        rolls over to an estimated {n90} million for the next draw. {n100} tickets matched five
        numbers and win {n90000} each, and {n9000} tickets matched four numbers and win {n900}.
        Tickets can be bought until {n12} on the evening of the draw. Players must be over the age
        of eighteen. Always check your ticket at a licensed shop.""",
    "earthquake en": """An earthquake of magnitude {n8}.{n10} struck {n200} kilometres from {place}
        at {n24}:{n60} local time on {day}, the Geological Survey said. The quake was at a depth of
        {n200} kilometres. There were no immediate reports of damage or casualties, and no tsunami
        warning was issued. In the past ten days there have been {n90} earthquakes of magnitude
        {n4} and greater centred nearby. The information comes from the notification service, and
        this post was created by an algorithm written by the author.""",
    "earthquake zh": """据中国地震台网测定,{n12}月{n30}日{n24}时{n60}分在{place}(北纬{n60}.{n100}度,
        东经{n100}.{n100}度)发生{n8}.{n10}级地震,震源深度{n90}千米。震中周边{n90}公里范围内有
        {n30}个乡镇,目前暂无人员伤亡和房屋倒塌的报告,当地政府已经派出工作组赶赴现场核实情况,本台将继续关注并及时报道。""",
    "blotter en": """Police arrested {name}, {n80}, of {place}, on {day} on suspicion of driving
        under the influence. Officers stopped the car at {n12}:{n60} after a caller reported that it
        was swerving across the road near {place} Avenue. A breath test showed a blood alcohol level
        of 0.{n40}, according to the report. {name} was booked into the county jail and held on bond
        of {n9000} dollars. Anyone with information about the incident is asked to call the
        department. All suspects are presumed innocent until proven guilty in a court of law.""",
    "obituary fr": """Nous avons la tristesse d'annoncer le décès de {name}, survenu le {n30} mars à
        l'âge de {n90} ans. Née à {place}, elle avait épousé {name}, avec qui elle avait élevé {n9}
        enfants. La cérémonie religieuse sera célébrée le {n30} mars à {n12} heures en l'église de
        {place}, suivie de l'inhumation au cimetière communal. La famille remercie par avance toutes
        les personnes qui prendront part à sa peine et adresse ses remerciements au personnel.""",
}
_FIELD = re.compile(r"\{(\w+)\}")
_FIRST = [
    "Anna",
    "Boris",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Henri",
    "Irina",
    "Jonas",
    "Karin",
    "Luca",
    "Marta",
    "Nadia",
]
_LAST = [
    "Adler",
    "Braun",
    "Costa",
    "Dumont",
    "Evans",
    "Fischer",
    "Garcia",
    "Hansen",
    "Ivanov",
    "Jensen",
    "Keller",
    "Lopez",
]
_PLACES = [
    "Ashford",
    "Bergen",
    "Cordoba",
    "Dresden",
    "Exeter",
    "Fulton",
    "Genoa",
    "Halden",
    "Imola",
    "Jarrow",
    "Kassel",
    "Leeds",
    "Malmo",
    "Nantes",
    "Oxford",
    "Parma",
    "Quincy",
    "Rostock",
    "Salem",
    "Toledo",
    "Upton",
    "Verona",
    "Wexford",
    "Yarm",
    "Zwolle",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def stories(kind: str, count: int, chance: random.Random) -> list[str]:
    """`count` stories that fill the template of this kind."""
    template = " ".join(TEMPLATES[kind].split())
    return [_FIELD.sub(lambda field: _fill(field[1], chance), template) for _ in range(count)]


def _fill(field: str, chance: random.Random) -> str:
    if field == "name":
        return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    if field == "place":
        return chance.choice(_PLACES)
    if field == "day":
        return chance.choice(_DAYS)
    return str(chance.randint(1, int(field[1:])))
