"""Likely units: what the duty words alone find, what past letters teach, and how often the right one is shown.

The letters are made up from the duty words, so the shares compare settings; they are no forecast for real letters.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Mapping

from mailbox.duties import DUTIES
from mailbox.routing import likely, trained, words_of
from portal.units.data.organisation import ROWS

NOISE = [
    "您好",
    "我是本市居民",
    "近期",
    "发现",
    "一直",
    "没有",
    "得到",
    "回复",
    "希望",
    "有关部门",
    "尽快",
    "处理",
    "谢谢",
    "家里",
    "老人",
    "孩子",
    "每天",
    "晚上",
    "附近",
    "邻居",
    "都",
    "很",
    "不方便",
    "打过电话",
    "说",
    "要",
    "等",
    "请",
    "领导",
    "关注",
    "这个",
    "事情",
    "已经",
    "三个月",
    "红塔区",
    "通海县",
    "江川区",
    "路口",
    "门口",
    "旁边",
    "因为",
    "所以",
    "但是",
    "我们",
    "大家",
    "反映",
    "多次",
]


def written(unit: str, chance: random.Random) -> str:
    """A letter for a unit: one or two of its duty words among noise, every other time with one of another unit's."""
    words = chance.sample(DUTIES[unit], chance.choice((1, 2))) + chance.sample(NOISE, 14)
    if chance.random() < 0.5:
        words.append(chance.choice(DUTIES[chance.choice(sorted(DUTIES))]))
    chance.shuffle(words)
    return "，".join(words)


def share_found(learnt: int, duties: Mapping[str, Iterable[str]], asked: int = 400) -> float:
    """How often the right unit is one of the three shown, after so many letters and with these duty words."""
    chance = random.Random(20260316)
    units = sorted(DUTIES)
    model = trained([(unit, written(unit, chance)) for unit in chance.choices(units, k=learnt)], duties)
    labelled = [(unit, written(unit, chance)) for unit in chance.choices(units, k=asked)]
    hits = sum(unit in {each.unit for each in likely(model, text, units)} for unit, text in labelled)
    return hits / asked


def test_right_unit_is_among_the_three_shown_in_four_of_five_letters() -> None:
    alone, learnt = share_found(0, DUTIES), share_found(500, DUTIES)
    sys.stdout.write(f"top-3 accuracy: {alone:.3f} from duty words alone, {learnt:.3f} with 500 letters\n")
    assert alone >= 0.8
    assert learnt >= 0.8


def test_past_letters_make_up_for_duty_words_that_are_missing() -> None:
    half = {unit: words[::2] for unit, words in DUTIES.items()}
    alone, learnt = share_found(0, half), share_found(500, half)
    sys.stdout.write(f"with every other duty word: {alone:.3f} alone, {learnt:.3f} with 500 letters\n")
    assert alone < 0.8 <= learnt


def test_every_answering_unit_of_the_city_has_duty_words() -> None:
    answering = {row.code for row in ROWS if row.kind in ("office", "department") and row.parent == "yuxi"}
    assert set(DUTIES) == answering
    assert all(len(words) >= 5 for words in DUTIES.values())


def test_duty_words_alone_find_the_unit() -> None:
    model = trained([], DUTIES)
    assert likely(model, "公积金提取需要什么材料", DUTIES)[0].unit == "housing-fund"
    assert likely(model, "小区电梯故障，物业不维修", DUTIES)[0].unit == "housing"
    assert "medical-insurance" in {each.unit for each in likely(model, "异地就医医保怎么报销", DUTIES)}


def test_past_letters_teach_what_duty_words_do_not_say() -> None:
    text = "聂耳广场喷泉夜里太吵"
    assert likely(trained([], DUTIES), "喷泉", DUTIES) == []
    model = trained([("urban-management", "聂耳广场喷泉的声音大")] * 3, DUTIES)
    assert likely(model, text, DUTIES)[0].unit == "urban-management"


def test_scores_are_shares_and_only_of_the_units_asked_for() -> None:
    model = trained([], DUTIES)
    found = likely(model, "公交线路和公交站点", ["transport", "housing", "unknown"], most=9)
    assert [each.unit for each in found] == ["transport", "housing"]
    assert abs(sum(each.score for each in found) - 1) < 1e-9
    assert likely(model, "", DUTIES) == []
    assert likely(model, "公交", []) == []


def test_words_are_pairs_without_single_signs_and_numbers() -> None:
    assert words_of("公交车2026年3路") == ["公交", "交车"]
