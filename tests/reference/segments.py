#!/usr/bin/env python3
"""Independent values for the segment tests, worked out with the Python standard library only.

`python3 tests/reference/segments.py` rewrites segments_orders.csv (42 customers, made up from a fixed seed, with the cases
that go wrong: one-timers, everything on one day, refunds only, a loss, ties) and segments_expected.csv (what each
customer's figures and groups must be at AS_OF). It shares no code with the project: quantiles come from
statistics.quantiles (method "inclusive" is R's type 7), medians from statistics.median, the rest is written out plainly.
"""
import math
import random
import statistics
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
AS_OF = date(2024, 6, 30)
BINS = 5
MARGIN = Fraction(3, 10)  # default margin: no product has a cost here


def make_orders():
    rng = random.Random(20240630)
    orders = []  # customer, day, kind, amount in minor units

    def add(customer, days_before, kind, amount):
        orders.append((customer, AS_OF - timedelta(days=days_before), kind, amount))

    for c in range(1, 31):  # a rhythm each, some fallen silent
        interval = rng.choice([3, 7, 14, 21, 30, 45, 60, 90])
        at = rng.choice([0, 1, 5, 12, 20, 33, 50, 80, 140, 260])
        for _ in range(rng.randint(1, 12)):
            add(c, at, "purchase", rng.randint(500, 60000))
            at += max(1, interval + rng.randint(-interval // 3, interval // 3))
        if c % 6 == 0:
            add(c, at - 1, "refund", -rng.randint(100, 9000))
    for c in range(31, 37):  # one-timers, two pairs of them alike
        add(c, [10, 10, 59, 60, 240, 241][c - 31], "purchase", [1000, 1000, 2000, 2000, 700, 123456][c - 31])
    for _ in range(5):  # five purchases on one day
        add(37, 100, "purchase", 3000)
    add(38, 40, "refund", -5000)  # refunds only: never a buyer
    add(39, 70, "purchase", 4000)  # gave back more than was kept
    add(39, 60, "refund", -9000)
    add(40, 0, "purchase", 2500)  # bought on the as-of day itself
    add(41, 30, "purchase", 1000)
    add(41, -1, "purchase", 99999999)  # after the as-of day: not seen
    add(42, -5, "purchase", 5000)  # only later purchases: not yet a buyer
    return sorted(orders)


def half_away(x):
    return int(math.copysign(math.floor(abs(x) + Fraction(1, 2)), x)) if x else 0


def score(value, values, unit):
    inner = statistics.quantiles(values, n=BINS, method="inclusive")
    return 1 + sum(value >= q + unit for q in inner)


GROUPS = [
    ("champions", (5, 5), (5, 5), (5, 5)),
    ("potential_loyalist", (3, 5), (3, 5), (2, 5)),
    ("loyal_customers", (2, 4), (2, 4), (2, 4)),
    ("promising", (3, 4), (1, 3), (3, 5)),
    ("new_customers", (4, 5), (1, 3), (1, 5)),
    ("cant_lose", (1, 2), (3, 4), (4, 5)),
    ("at_risk", (1, 2), (2, 5), (4, 5)),
    ("need_attention", (1, 3), (3, 5), (3, 5)),
    ("about_to_sleep", (2, 3), (1, 3), (1, 4)),
    ("lost", (1, 1), (1, 5), (1, 5)),
]


def group(r, f, m):
    for name, *bounds in GROUPS:
        if all(lo <= s <= hi for s, (lo, hi) in zip((r, f, m), bounds)):
            return name
    return "others"


def dormancy(since, days, interval):
    if days >= 4:
        interval = max(interval, Fraction(14) / Fraction(3, 2))
        limits = [interval * m for m in (Fraction(3, 2), Fraction(5, 2), Fraction(4))]
    else:
        limits = [60, 120, 240]
    return ["awake", "dozing", "half_asleep", "asleep"][sum(since >= limit for limit in limits)]


def main():
    orders = make_orders()
    with open(HERE / "segments_orders.csv", "w") as f:
        f.write("customer,day,kind,amount_minor\n")
        for c, day, kind, amount in orders:
            f.write(f"{c},{day},{kind},{amount}\n")

    seen = [o for o in orders if o[1] <= AS_OF]
    people = {}
    for c in sorted({o[0] for o in seen}):
        bought = [o for o in seen if o[0] == c and o[2] == "purchase"]
        if not bought:
            continue
        days = sorted({o[1] for o in bought})
        gaps = [(b - a).days for a, b in zip(days, days[1:])]
        revenue = sum(o[3] for o in seen if o[0] == c)
        profit = half_away(revenue * MARGIN)  # rounded once per customer
        people[c] = dict(
            purchases=len(bought), days=len(days), since=(AS_OF - days[-1]).days, revenue=revenue, profit=profit,
            interval=Fraction(statistics.median(gaps)).limit_denominator(2) if gaps else None,
        )

    column = lambda name: [p[name] for p in people.values()]
    typical = Fraction(statistics.median([p["interval"] for p in people.values() if p["interval"] is not None]))
    cut = sum(column("profit")) // len(people)
    for p in people.values():
        r = BINS + 1 - score(p["since"], column("since"), 1)
        f = score(p["purchases"], column("purchases"), 1)
        m = score(p["revenue"], column("revenue"), 100)
        p["rfm"] = f"{r}{f}{m}"
        p["group"] = group(r, f, m)
        p["dormancy"] = dormancy(p["since"], p["days"], p["interval"])
        own = p["days"] - 1
        expected = (2 * typical + own * p["interval"]) / (2 + own) if own else typical
        expected = max(expected, 7)
        x = p["since"] / expected / 3
        p["loyalty"] = Fraction(p["days"]) / (p["days"] + Fraction(3, 2)) / (1 + x * x)
        year = Fraction(3652425, 10000)
        p["potential"] = half_away(Fraction(p["profit"], p["days"]) * year / expected * p["loyalty"])
        high, loyal = p["profit"] >= cut, p["loyalty"] >= Fraction(1, 2)
        p["kotler"] = {(1, 1): "true_friend", (1, 0): "butterfly", (0, 1): "barnacle", (0, 0): "stranger"}[high, loyal]

    def reaches(p, what, share):
        slots = math.ceil(len(people) * Fraction(share))
        ahead_or_equal = sum(q[what] >= p[what] for q in people.values())
        return p[what] > 0 and ahead_or_equal <= slots

    for p in people.values():
        if reaches(p, "profit", "0.1") or reaches(p, "potential", "0.05"):
            p["tier"] = "gold"
        elif reaches(p, "profit", "0.3") or reaches(p, "potential", "0.2"):
            p["tier"] = "silver"
        else:
            p["tier"] = "ordinary"

    profits = sorted(column("profit"), reverse=True)
    total, n = sum(profits), len(profits)
    top20 = Fraction(sum(profits[: math.ceil(Fraction(n, 5))]), total)
    run, k = 0, 0
    while run + profits[k] < Fraction(4, 5) * total:
        run, k = run + profits[k], k + 1
    for80 = Fraction(k + 1, n)

    with open(HERE / "segments_expected.csv", "w") as f:
        f.write(f"# as_of={AS_OF} n={n} profit_cut={cut} profit_total={total} top20={float(top20):.12f} for80={float(for80):.12f}\n")
        f.write("customer,purchases,purchase_days,days_since,revenue,profit,interval,rfm,group,dormancy,loyalty,kotler,potential,tier\n")
        for c, p in people.items():
            interval = "" if p["interval"] is None else float(p["interval"])
            f.write(
                f"{c},{p['purchases']},{p['days']},{p['since']},{p['revenue']},{p['profit']},{interval},{p['rfm']},{p['group']},"
                f"{p['dormancy']},{float(p['loyalty']):.12f},{p['kotler']},{p['potential']},{p['tier']}\n"
            )


if __name__ == "__main__":
    main()
