"""Reference values of the Hillstrom e-mail test, from its raw rows.

usage: python3 hillstrom.py path/to/hillstrom.csv.gz > hillstrom.json
Needs numpy and SciPy, and level_tests.py beside it. Nothing of the project is used: every number comes from the raw
rows.
"""

import csv
import gzip
import itertools
import json
import sys

import numpy
import scipy
from scipy import stats

from level_tests import means_test, score_test

outcomes = ["visit", "conversion", "spend"]
control = "No E-Mail"
treatments = ["Mens E-Mail", "Womens E-Mail"]
dimensions = ["channel", "zip_code", "newbie", "mens", "womens"]

with gzip.open(sys.argv[1], "rt", newline="") as file:
    rows = list(csv.DictReader(file))
columns = {name: numpy.array([row[name] for row in rows]) for name in dimensions + ["segment"]}
values = {name: numpy.array([float(row[name]) for row in rows]) for name in outcomes}


def welch(metric, treatment, mask):
    a = values[metric][mask & (columns["segment"] == control)]
    b = values[metric][mask & (columns["segment"] == treatment)]
    test = stats.ttest_ind(b, a, equal_var=False)
    variances = [x.var(ddof=1) / len(x) for x in (a, b)]
    difference = b.mean() - a.mean()
    error = float(numpy.sqrt(sum(variances)))
    t = stats.t.isf(0.025, test.df)
    # Fieller: roots of (mean_b - r mean_a)^2 = t^2 (var_b + r^2 var_a), lift = r - 1
    qa = a.mean() ** 2 - t**2 * variances[0]
    roots = numpy.roots([qa, -2 * a.mean() * b.mean(), b.mean() ** 2 - t**2 * variances[1]])
    lift = sorted(float(r) - 1 for r in roots.real) if qa > 0 else None
    return {
        "difference": float(difference),
        "standardError": error,
        "interval": [float(difference - t * error), float(difference + t * error)],
        "statistic": float(test.statistic),
        "df": float(test.df),
        "pValue": float(test.pvalue),
        "lift": float(difference / a.mean()),
        "liftInterval": lift,
    }


def one_effect(metric, treatment, groups):
    """Whether one difference, and one lift, holds in every level: score test of rates, Alexander-Govern of amounts."""
    arms = []
    for level in sorted(set(groups)):
        mask = groups == level
        arms.append([values[metric][mask & (columns["segment"] == v)] for v in (control, treatment)])
    found = {}
    for scale in ("difference", "lift"):
        df = len(arms) - 1
        if metric == "spend":
            common, q = means_test(arms, scale)
        else:
            effect, q, df = score_test([(c.sum(), len(c), t.sum(), len(t)) for c, t in arms], scale)
            common = effect if scale == "difference" else effect - 1
        p = float(stats.chi2.sf(q, df))
        found[scale] = {"statistic": float(q), "df": df, "pValue": p, "common": float(common)}
    return found


def holm(ps):
    order = numpy.argsort(ps)
    out, running = numpy.empty(len(ps)), 0.0
    for rank, at in enumerate(order):
        running = max(running, min(1.0, (len(ps) - rank) * ps[at]))
        out[at] = running
    return out.tolist()


everyone = numpy.ones(len(rows), dtype=bool)
macro = {m: {t: welch(m, t, everyone) for t in treatments} for m in outcomes}
pairs = [(m, t) for m in outcomes for t in treatments]
for (m, t), p in zip(pairs, holm([macro[m][t]["pValue"] for m, t in pairs])):
    macro[m][t]["pAdjusted"] = p

pooled = {}
for m in ["visit", "conversion"]:
    for t in treatments:
        a, b = (values[m][columns["segment"] == v] for v in (control, t))
        p = (a.sum() + b.sum()) / (len(a) + len(b))
        z = (b.mean() - a.mean()) / numpy.sqrt(p * (1 - p) * (1 / len(a) + 1 / len(b)))
        pooled.setdefault(m, {})[t] = {"z": float(z), "pValue": float(2 * stats.norm.sf(abs(z)))}

between, stratified, levels = {}, {}, {}
for name in dimensions:
    for m, t in pairs:
        effects = [welch(m, t, columns[name] == level) for level in sorted(set(columns[name]))]
        between.setdefault(name, {}).setdefault(m, {})[t] = one_effect(m, t, columns[name])
        both = (columns["segment"] == control) | (columns["segment"] == t)
        shares = [float((both & (columns[name] == level)).sum() / both.sum()) for level in sorted(set(columns[name]))]
        value = sum(s * e["difference"] for s, e in zip(shares, effects))
        stratified.setdefault(name, {}).setdefault(m, {})[t] = value

micro = []
for channel, newbie in itertools.product(sorted(set(columns["channel"])), sorted(set(columns["newbie"]))):
    mask = (columns["channel"] == channel) & (columns["newbie"] == newbie)
    own, rest = welch("visit", "Mens E-Mail", mask), welch("visit", "Mens E-Mail", ~mask)
    gap = own["difference"] - rest["difference"]
    error = float(numpy.hypot(own["standardError"], rest["standardError"]))
    micro.append(
        {
            "cell": {"channel": channel, "newbie": newbie},
            "visit": own,
            "versusRest": {"value": gap, "standardError": error, "pValue": float(2 * stats.norm.sf(abs(gap) / error))},
        }
    )

counts = [int((columns["segment"] == v).sum()) for v in [control] + treatments]
srm = stats.chisquare(counts)
json.dump(
    {
        "maker": f"test/reference/hillstrom.py, NumPy {numpy.__version__}, SciPy {scipy.__version__}",
        "source": "MineThatData e-mail analytics challenge (Kevin Hillstrom, 2008), 64,000 raw rows",
        "units": counts,
        "srm": {"statistic": float(srm.statistic), "pValue": float(srm.pvalue)},
        "macro": macro,
        "pooled": pooled,
        "between": between,
        "stratified": stratified,
        "micro": micro,
    },
    sys.stdout,
    indent=1,
)
print()
