"""Bayes factors of a mixture of Dirichlet priors against fixed shares, in 50 digits: python3 sequential-shares.py"""
import json
from fractions import Fraction
from mpmath import mp, mpf, loggamma, log, exp, nstr

mp.dps = 50


def log_factor(observed, shares, c):
    n = sum(observed)
    total = loggamma(mpf(c)) - loggamma(mpf(c) + n)
    for x, s in zip(observed, shares):
        total += loggamma(c * s + x) - loggamma(c * s) - x * log(s)
    return total


concentrations = [100, 1000, 10_000, 100_000]
cases = []
for observed, weights in [
    ([600, 400], [1, 1]),
    ([140, 60], [1, 1]),
    ([100_700, 99_300], [1, 1]),
    ([42, 8], [99, 1]),
    ([3400, 3300, 3300], [1, 1, 1]),
    ([5_004_000, 4_996_000], [1, 1]),
    ([1, 0], [1, 1]),
]:
    whole = sum(weights)
    shares = [mpf(w) / whole for w in weights]
    factors = [exp(log_factor(observed, shares, c)) for c in concentrations]
    value = log(sum(factors) / len(factors))
    cases.append({"observed": observed, "weights": weights, "concentration": concentrations,
                  "logBayesFactor": float(value), "p": float(min(mpf(1), exp(-value)))})
print(json.dumps({"maker": "sequential-shares.py, mpmath 1.3.0, 50 digits", "rtol": 1e-9, "cases": cases}, indent=2))
