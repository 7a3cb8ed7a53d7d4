# Whether one effect holds in all levels: the score test of interaction of two rates, on both scales, and Alexander and
# Govern's test of effects on means.
#
# usage: python levels.py > levels.json
# Needs SciPy and statsmodels. Rates: nested root finding of the likelihood's slope, nothing in closed form; checked against
# Pearson's chi-square of a binomial regression without interaction (identity and log link), which leaves out N/(N - 1).
# Means: scipy.stats.alexandergovern on rows (a control that is zero without error leaves its groups), and the same
# deviates of Welch statistics where there are two arms, the common ratio by minimising their least squares.
import json

import numpy
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats

from level_tests import means_test, score_test

cases = []


def add(fn, given, expected, rtol, source):
    cases.append(
        {"id": f"levels-{len(cases) + 1:02d}", "family": "levels", "fn": fn, "input": given, "expected": expected,
         "rtol": rtol, "source": source}
    )


def regression(levels, scale):
    link = sm.families.links.Identity() if scale == "difference" else sm.families.links.Log()
    rows = [(i, arm, x, n) for i, (y, m, x0, n0) in enumerate(levels) for arm, x, n in ((0, y, m), (1, x0, n0))]
    design = numpy.array([[*(float(i == j) for j in range(len(levels))), float(arm)] for i, arm, _, _ in rows])
    counts = numpy.array([[x, n - x] for _, _, x, n in rows])
    rates = counts[:, 0] / counts.sum(axis=1)
    start = numpy.linalg.lstsq(design, rates if scale == "difference" else numpy.log(rates), rcond=None)[0]
    fit = sm.GLM(counts, design, family=sm.families.Binomial(link)).fit(start_params=start, maxiter=200, tol=1e-13)
    return fit.pearson_chi2


rate_worlds = [
    [(50, 1000, 100, 1000), (100, 1000, 200, 1000)],
    [(3, 50, 31, 450), (2, 50, 20, 450), (0, 50, 25, 450), (7, 50, 18, 450)],
    [(0, 66, 31, 1614), (2, 66, 61, 1614), (1, 66, 20, 1614), (0, 66, 40, 1614), (3, 66, 22, 1614)],
    [(900, 1000, 950, 1000), (480, 500, 470, 500), (90, 100, 60, 100)],
    [(5, 9000, 9, 1000), (50, 90000, 12, 10000), (0, 40, 0, 60)],
    [(1, 4, 2, 4), (0, 4, 1, 4), (3, 4, 4, 4), (2, 4, 0, 4), (1, 1, 0, 3)],
    [(4000, 80000, 4600, 80000), (1000, 60000, 1190, 60000), (9000, 50000, 9900, 50000)],
]
for levels in rate_worlds:
    for scale in ("difference", "lift"):
        effect, q, df = score_test(levels, scale)
        given = {"scale": scale, "levels": [
            {"control": {"x": y, "n": m}, "treatment": {"x": x, "n": n}} for y, m, x, n in levels]}
        common = effect if scale == "difference" else effect - 1
        expected = {"statistic": q, "df": df, "pValue": stats.chi2.sf(q, df), "common": common}
        add("rateHeterogeneity", given, expected, 1e-7, f"SciPy {scipy.__version__}")
        if min(min(y, m - y, x, n - x) for y, m, x, n in levels) >= 500:
            chi = regression(levels, scale)
            pearson = {"statistic": chi, "df": df, "pValue": stats.chi2.sf(chi, df)}
            add("rateHeterogeneity", given, pearson, 2e-4, f"statsmodels {statsmodels.__version__}, GLM, Pearson")

rng = numpy.random.default_rng(20261129)


def moments(rows):
    return {"n": len(rows), "mean": float(numpy.mean(rows)), "m2": float(numpy.sum((rows - numpy.mean(rows)) ** 2))}


for sizes, spreads in (([4, 4, 4, 4], [1, 1, 1, 1]), ([3, 9, 27], [1, 5, 2]), ([40, 50, 60, 70, 80], [2, 2, 3, 3, 9])):
    groups = [rng.normal(10 + i / 2, s, n) for i, (n, s) in enumerate(zip(sizes, spreads))]
    found = stats.alexandergovern(*groups)
    nothing = {"n": 2, "mean": 0, "m2": 0}
    given = {"scale": "difference", "levels": [{"control": nothing, "treatment": moments(g)} for g in groups]}
    expected = {"statistic": float(found.statistic), "df": len(groups) - 1, "pValue": float(found.pvalue)}
    add("meanHeterogeneity", given, expected, 1e-9, f"SciPy {scipy.__version__}, alexandergovern")


for sizes in ([(4, 4)] * 5, [(5, 30), (30, 5), (12, 12)], [(200, 90), (150, 300)]):
    levels = [(rng.normal(10 + i, 1 + i, m), rng.normal(11 + 1.2 * i, 2, n)) for i, (m, n) in enumerate(sizes)]
    for scale in ("difference", "lift"):
        common, statistic = means_test(levels, scale)
        given = {"scale": scale, "levels": [{"control": moments(c), "treatment": moments(t)} for c, t in levels]}
        df = len(levels) - 1
        expected = {"statistic": float(statistic), "df": df, "pValue": float(stats.chi2.sf(statistic, df)),
                    "common": float(common)}
        add("meanHeterogeneity", given, expected, 2e-6, f"NumPy {numpy.__version__}, SciPy {scipy.__version__}")

versions = f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}, NumPy {numpy.__version__}"
print('{"meta": {"maker": "levels.py", "versions": ' + json.dumps(versions) + '},\n"cases": [')
print(",\n".join(json.dumps(each) for each in cases))
print("]}")
