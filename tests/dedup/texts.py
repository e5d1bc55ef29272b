"""Texts of our own for the tests of fingerprints."""

STORY = """The harbour council of Eastmouth voted on Tuesday to close the old ferry terminal after
a report by engineer Clara Whitlock found 47 cracks in its northern pier. Ferries to the islands
of Sandrey and Holm will leave from the fish market until 2031, said council leader Tomas Ek. The
closure affects about 3,200 passengers a day and 140 workers, most of whom will be offered posts
at the new quay. Residents who came to the meeting were divided. Some feared that traffic around
the market would become unbearable in summer, when as many as 90 buses arrive on a single
morning. Others, among them the baker Rosa Lindqvist, hoped that the change would bring customers
back to a street where 12 shops have closed since the crisis. The repair would have cost 18
million crowns, which the council said it could not find. Opposition members led by Henrik Falk
asked for a second opinion and accused the majority of hiding the report for 5 months. A final
decision on the fate of the building, which architect Otto Brandt designed in 1926, is due in
autumn. Until then the waiting hall stays open as a shelter for cyclists."""

OTHER = """Scientists at the mountain observatory have photographed a comet that has not been
seen from Earth for several thousand years. The object was noticed by a student, Lena Moravec,
while she was testing a new camera with 64 sensors. Her teacher at first took the faint smudge for
dust on the lens. Further pictures over 9 nights proved that it moved against the stars. The
comet will pass the Sun in March and may then be visible with simple binoculars low in the west
after sunset. Astronomers warn that such bodies often break apart before they grow bright. The
observatory, built by the physicist Pavel Horak, plans 3 public evenings with telescopes. Tickets
are free, but visitors must register, because the cable car carries only 40 people an hour."""

CHINESE = (
    "东港市议会星期二投票决定关闭旧渡轮码头,工程师在报告中指出北侧栈桥有47处裂缝。前往各个岛屿的渡轮将改"
    "从鱼市场出发,直到2031年。这项决定影响每天约3200名乘客和140名职工,其中大部分人将在新码头得到岗位。参"
    "加会议的居民意见不一,有人担心夏天市场周围的交通会变得难以忍受,也有人希望顾客能够回到这条街上来。修"
    "理费用预计需要1800万克朗,议会表示无法筹集这笔资金。最后的决定将在秋天公布,候船大厅暂时继续开放。"
)

_WEATHER = """{place} will see a mix of sun and cloud on {day} with a high of {} degrees and a
low of {} degrees, forecasters said. Winds from the west will reach {} kilometres an hour in the
afternoon, with gusts of up to {} near the coast. The chance of rain is {} per cent in the
morning, rising to {} per cent after dark. On the following day temperatures are expected to
climb again before a cold front from the north brings showers and {} millimetres of rain. People
should avoid unnecessary travel and keep windows shut."""


def weather(place: str, day: str, *numbers: int) -> str:
    """A story that fills the template with these seven numbers."""
    return _WEATHER.format(*numbers, place=place, day=day)


def with_words_changed(text: str, every: int) -> str:
    """`text` with each word at a multiple of `every` replaced by one that it does not have."""
    return " ".join(
        f"{'zu' * (1 + place % 7)}xa" if place % every == every - 1 else word
        for place, word in enumerate(text.split())
    )
