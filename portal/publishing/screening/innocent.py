"""Sentences of figures in which nobody stands: lists, tables, sums of money, file numbers; a fixed seed, nothing real."""

from __future__ import annotations

import random
from collections.abc import Iterator

_SIGNS = ("、", "，", ",", "/", " ", "；", "\n", "</td><td>", "|")


def _number(rng: random.Random, most: int = 9999) -> str:
    return str(rng.randint(1, most))


def _figures(rng: random.Random) -> str:
    sign = rng.choice(_SIGNS)
    return sign.join(_number(rng, 10 ** rng.randint(1, 6)) for _ in range(rng.randint(2, 12)))


def sentences(seed: int, count: int) -> Iterator[str]:
    """So many of them; the same seed gives the same."""
    rng = random.Random(seed)  # noqa: S311  invented figures, no secret
    for _ in range(count):
        figures = _figures(rng)
        big = [_number(rng, 10**11) for _ in range(3)]
        yield rng.choice(
            [
                f"各乡镇分别完成{figures}户。",
                f"<tr><td>{figures}</td></tr>",
                f"收入{big[0]}元，支出{big[1]}元，结余{_number(rng, 10**9)}元。",
                f"财政拨款收入13{_number(rng, 999_999_999):0>9}元，比上年增长{rng.randint(1, 30)}%。",
                f"采购编号YXZC{big[0]}，合同编号{big[1]}。",
                f"项目编号YXZC-{rng.randint(2018, 2026)}-15{_number(rng, 999_999_999):0>9}，采购人自行验收。",
                f"玉政办发〔20{rng.randint(10, 26)}〕{_number(rng, 300)}号，{figures}等指标见附件。",
                f"得分依次为{'、'.join(str(rng.randint(1, 10)) for _ in range(12))}。",
                f"共{_number(rng)}项，其中{figures}项已经办结。",
            ]
        )
