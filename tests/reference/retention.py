#!/usr/bin/env python3
"""Independent values for who stays, who brings whom and what keeping is worth, with the Python standard library only.

`python3 tests/reference/retention.py` rewrites retention_customers.csv and retention_orders.csv (320 customers made up from a
fixed seed: rhythms that break and resume, refunds, adjustments, orders in another currency and after the day, people in the
trash, who name each other or themselves), retention_care.csv (what was spent on them) and retention_expected.json. It shares no code and no method with the project: who is
there is asked day by day, from what could be known on that day; who is below whom by walking the tree from every customer; the
worth of keeping by summing every newly kept customer's years one by one; when half of all relationships are over by handing the
weight of who cannot be followed any longer to all who can (Efron 1967), in exact fractions.
"""
import csv
import json
import random
import statistics
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path

HERE = Path(__file__).parent
AS_OF = date(2025, 6, 30)
N = 320
REASONS = ["price", "quality", "service", "rival", "moved", "no_need", "other", "weather"]  # the last: of a later version
MARGIN = Fraction(3, 10)  # the default; amounts are multiples of ten, so that nothing is rounded
EPOCH = date(1970, 1, 1)


def make():
    rng = random.Random(20250630)
    customers, orders = [], []
    for c in range(N):
        # Mostly by who came before, sometimes by anybody: circles and oneself too.
        referrer = ""
        if rng.random() < 0.45:
            referrer = rng.randrange(N) if rng.random() < 0.15 else rng.randrange(max(c, 1))
        reason = rng.choice(REASONS) if rng.random() < 0.3 else ""
        wallet = rng.randrange(0, 30) * 2_500 if rng.random() < 0.4 else ""
        referrer = {5: 17, 17: 42, 42: 5, 77: 77, 120: 121, 121: 120}.get(c, referrer)
        customers.append([c, referrer, reason, wallet, int(rng.random() < 0.05 and c not in (5, 17, 42))])
        if rng.random() < 0.08:
            continue
        interval = rng.choice([4, 9, 20, 33, 50, 80, 130])
        at = AS_OF - timedelta(days=rng.randint(-20, 800))
        for _ in range(rng.choice([1, 1, 2, 3, 5, 9, 17])):
            currency = "USD" if rng.random() < 0.04 else "CNY"
            amount = rng.randint(10, 3000) * 10
            orders.append([c, at, "purchase", amount, currency])
            if rng.random() < 0.08:
                orders.append([c, at + timedelta(days=rng.randint(0, 9)), "refund", -rng.randint(1, amount // 10) * 10, currency])
            if rng.random() < 0.02:
                orders.append([c, at, "adjustment", -500, "CNY"])
            # A pause now and then, long enough to have left.
            pause = rng.choice([60, 150, 300, 420]) if rng.random() < 0.15 else 0
            at += timedelta(days=max(0, interval + rng.randint(-interval // 2, interval // 2)) + pause)
    rng.shuffle(orders)
    return customers, orders


def make_care():
    rng = random.Random(20250701)
    return [
        [rng.randrange(N), AS_OF - timedelta(days=rng.randint(-30, 500)), rng.choice(["interaction", "case"]), rng.randint(1, 900)]
        for _ in range(400)
    ]


class Customer:
    def __init__(self, orders, care):
        seen = [o for o in orders if o[1] <= AS_OF]
        self.days = sorted({o[1] for o in seen if o[2] == "purchase"})
        self.net = sum(o[3] for o in seen if o[2] != "adjustment" and o[4] == "CNY")
        since = AS_OF - timedelta(days=365)
        self.year = sum(o[3] for o in seen if o[2] != "adjustment" and o[4] == "CNY" and o[1] > since)
        self.care = sum(c[3] for c in care if c[1] <= AS_OF)
        self.year_care = sum(c[3] for c in care if since < c[1] <= AS_OF)

    def limit(self, known, fixed):
        """Days of silence after which who bought on these days has left."""
        if fixed is not None:
            return fixed
        if len(known) < 4:
            return 240
        gaps = [(b - a).days for a, b in zip(known, known[1:])]
        interval = max(Fraction(statistics.median(gaps)), Fraction(14) / Fraction(3, 2))
        return ceil(interval * 4)

    def state(self, day, fixed):
        """None before the first purchase, else whether the customer is there at the end of the day."""
        known = [d for d in self.days if d <= day]
        return (day - known[-1]).days < self.limit(known, fixed) if known else None


def quarters(first):
    year, quarter = first.year, (first.month - 1) // 3
    while date(year, quarter * 3 + 1, 1) <= AS_OF:
        start = date(year, quarter * 3 + 1, 1)
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        yield start, min(date(year, quarter * 3 + 1, 1) - timedelta(days=1), AS_OF)


def half_over(spells):
    """Of (days, over): the days after which at most half goes on, the middle of the while in which it is exactly half."""
    spells = sorted(spells, key=lambda s: (s[0], not s[1]))
    weights = [Fraction(1, len(spells)) for _ in spells]
    for n, (_, over) in enumerate(spells):
        later = len(spells) - n - 1
        if not over and later:
            for m in range(n + 1, len(spells)):
                weights[m] += weights[n] / later
            weights[n] = Fraction(0)
    ends = sorted({days for days, over in spells if over})
    on = {t: 1 - sum(w for w, (days, over) in zip(weights, spells) if over and days <= t) for t in ends}
    half = [t for t in ends if on[t] <= Fraction(1, 2)]
    if not half:
        return None
    return sum(half[:2]) / 2 if on[half[0]] == Fraction(1, 2) and len(half) > 1 else half[0]


def stays(people, rows, fixed):
    buyers = {c: p for c, p in people.items() if p.days}
    first = min(p.days[0] for p in buyers.values())
    days = [first - timedelta(days=1) + timedelta(days=n) for n in range((AS_OF - first).days + 2)]
    place = {d: n for n, d in enumerate(days)}
    states = {c: [p.state(d, fixed) for d in days] for c, p in buyers.items()}
    steps = []
    for start, end in quarters(first):
        step = {"from": (start - EPOCH).days, "at_start": 0, "lost": 0, "lost_back": 0, "left": 0, "back": 0}
        for c, state in states.items():
            before = state[place[max(start - timedelta(days=1), days[0])]]
            inside = range(place[max(start, days[0] + timedelta(days=1))], place[end] + 1)
            leaves = [n for n in inside if state[n] is False and state[n - 1] is not False]
            returns = [any(state[n + 1:]) for n in leaves]
            step["at_start"] += before is True
            step["lost"] += before is True and bool(leaves)
            step["lost_back"] += before is True and bool(leaves) and returns[0]
            step["left"] += len(leaves)
            step["back"] += sum(returns)
        steps.append(step)
    gone = {c for c, state in states.items() if state[-1] is False}
    said = {c: rows[c][2] for c in buyers}
    year_ago = place[AS_OF - timedelta(days=365)]
    then = {c for c, state in states.items() if state[year_ago] is True}
    lengths = {c: ((p.days[-1] if c in gone else AS_OF) - p.days[0]).days for c, p in buyers.items()}
    edges = [0, 30, 91, 183, 365, 730, 1095, 1826, 10**9]
    classes = [
        [sum(lo <= n < hi and (c in gone) == left for c, n in lengths.items()) for left in (False, True)]
        for lo, hi in zip(edges, edges[1:])
    ]
    # A last purchase shows only after the silence that tells it: nothing is known of anybody since then.
    # All are followed up to the same day at the latest: that which tells it of who bought once.
    followed = {
        c: (AS_OF - p.days[0]).days - max(p.limit([d for d in p.days if d <= AS_OF], fixed), p.limit(p.days[:1], fixed))
        for c, p in buyers.items()
    }
    over = {c for c, n in followed.items() if c in gone and lengths[c] <= n}
    spells = [(lengths[c] if c in over else n, c in over) for c, n in followed.items() if n >= 0]
    middle = lambda of: statistics.median(lengths[c] for c in of)
    return {
        "steps": steps,
        "gone": len(gone),
        "causes": {r: sum(said[c] == r for c in gone) for r in REASONS},
        "not_stated": sum(said[c] == "" for c in gone),
        "stated_but_here": sum(said[c] != "" for c in buyers if c not in gone),
        "there_then": len(then),
        "still": len(then - gone),
        "there_now": len(buyers) - len(gone),
        "profit_minor": int(MARGIN * sum(p.year for c, p in buyers.items() if c not in gone))
        - sum(p.year_care for c, p in buyers.items() if c not in gone),
        "classes": classes,
        "one_day": sum(lengths[c] == 0 for c in gone),
        "half_days": half_over(spells),
        "known": len(spells),
        "medians": [middle(set(buyers) - gone), middle(gone)],
    }


def wallet(people, rows):
    known = {c: rows[c][3] for c in people if rows[c][3] not in ("", 0)}
    spent = {c: max(people[c].year, 0) for c in known}
    return {
        "n": len(known),
        "revenue_minor": sum(spent.values()),
        "wallet_minor": sum(known.values()),
        "median_share": statistics.median(spent[c] / known[c] for c in known),
        "above": sum(spent[c] > known[c] for c in known),
    }


def referrals(people, rows):
    by = {c: rows[c][1] for c in people if rows[c][1] != "" and rows[c][1] in people}
    circles = []
    for c in sorted(people):
        walk, at = [c], by.get(c)
        while at is not None and at not in walk:
            walk.append(at)
            at = by.get(at)
        if at == c and c == min(walk):
            circles.append(walk)
    brought = [c for c, b in by.items() if b != c]
    advocates = {by[c] for c in brought}
    for circle in circles:
        del by[circle[0]]
    below = {c: set() for c in people}
    for c in people:
        at = by.get(c)
        while at is not None:
            below[at].add(c)
            at = by.get(at)
    children = {c: sum(1 for b in by.values() if b == c) for c in people}
    money = lambda of: sum(people[c].net for c in of)
    profit = lambda of: int(MARGIN * money(of)) - sum(people[c].care for c in of)
    return {
        "customers": len(people),
        "brought": len(brought),
        "revenue_minor": money(brought),
        "profit_minor": profit(brought),
        "advocates": len(advocates),
        "tops": sum(n > 0 and c not in by for c, n in children.items()),
        "circles": circles,
        "rows": [
            {"c": c, "direct": children[c], "reach": len(below[c]), "revenue_minor": money(below[c]),
             "profit_minor": profit(below[c]), "own_minor": people[c].net}
            for c in sorted(people) if children[c]
        ],
    }


def keeping():
    """Every newly kept customer one by one (as fractions of people), what they bring and cost in each of their years."""
    rng = random.Random(9)
    cases = []
    for n in range(24):
        now = rng.randint(0, 95) / 100
        then = min(1.0, now + rng.choice([0, 0.01, 0.05, 0.2, 0.5]))
        case = {
            "customers": rng.randint(1, 5000), "profit_minor": rng.randint(0, 90_000), "kept_now": now, "kept_then": then,
            "years": rng.randint(1, 8), "brought": rng.choice([0, 0.1, 0.25, 1.5]),
            "win_minor": None if n % 4 == 0 else rng.randint(0, 30_000), "ratio": rng.choice([1.0, 6.0, 10.0]),
            "monthly_discount": rng.choice([0.0, 0.005, 0.01]),
        }
        more = [case["customers"] * (then**t - now**t) for t in range(case["years"] + 1)]
        worth = [(1 + case["monthly_discount"]) ** (-12 * t) for t in range(case["years"] + 1)]
        years = range(1, case["years"] + 1)
        newly = {t: max(0.0, more[t] - more[t - 1]) for t in years}
        profit = sum(more[t] * case["profit_minor"] * worth[t] for t in years)
        friends = friends_profit = 0.0
        for t in years:  # who is newly kept in year t brings people once, who are there from the next year on
            for u in range(t + 1, case["years"] + 1):
                here = newly[t] * case["brought"] * then ** (u - t - 1)
                friends += here if u == t + 1 else 0
                friends_profit += here * case["profit_minor"] * worth[u]
        keep = None if case["win_minor"] is None else case["win_minor"] / case["ratio"]
        cost = None if keep is None else sum(max(0.0, more[t]) * keep * worth[t] for t in years)
        win = None if keep is None else sum(newly[t] * case["win_minor"] * worth[t] for t in years)
        case["want"] = {
            "more": more[-1], "more_minor": profit, "brought": friends, "brought_minor": friends_profit, "cost_minor": cost,
            "win_minor": win, "net_minor": profit + friends_profit - (cost or 0.0),
        }
        cases.append(case)
    return cases


def main():
    rows, orders = make()
    with open(HERE / "retention_customers.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["customer", "referrer", "reason", "wallet_minor", "in_trash"])
        out.writerows(rows)
    with open(HERE / "retention_orders.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["customer", "day", "kind", "total_minor", "currency"])
        out.writerows(orders)
    care = make_care()
    with open(HERE / "retention_care.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["customer", "day", "kind", "cost_minor"])
        out.writerows(care)
    of, spent = {c: [] for c in range(N)}, {c: [] for c in range(N)}
    for rows_of, into in ((orders, of), (care, spent)):
        for row in rows_of:
            into[row[0]].append(row)
    people = {c: Customer(of[c], spent[c]) for c in range(N) if not rows[c][4]}
    expected = {
        "as_of": AS_OF.isoformat(),
        "stays": {"sleep": stays(people, rows, None), "90": stays(people, rows, 90)},
        "wallet": wallet(people, rows),
        "referrals": referrals(people, rows),
        "keeping": keeping(),
    }
    (HERE / "retention_expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
