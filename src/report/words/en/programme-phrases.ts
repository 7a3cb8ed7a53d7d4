/** What the page of many tests says. */
export const programmePhrases = {
  programme_title: "Programme: {tests} tests, {effects} effects",
  programme_metric: "{metric}: {tests} tests",
  programme_brings: "What tests bring",
  programme_mean: [
    "The mean effect of {count} test is {mean} ({interval}).",
    "The mean effect of {count} tests is {mean} ({interval}).",
  ],
  programme_one: "There is a single test, so there is nothing to pool.",
  programme_same: "All tests found the very same effect.",
  programme_group: "tests of",
  programme_all: "all",
  programme_tests: "tests",
  programme_mean_column: "mean effect",
  programme_next_column: "next test expected in",
  programme_spread_column: "spread between tests",
  programme_alike:
    "“Next test expected in” is where one more test of the kind would find its true effect, at {level}.",

  programme_wins: "Wins",
  programme_won:
    "{wins} of {effects} effects were shown to be good ({rate}, between {low} and {high}), {losses} to be bad, {open} neither.",
  programme_false:
    "About {share} of the wins are not good in truth, by what all tests suggest together; p-values alone say {other}.",

  programme_worth: "What the wins are worth",
  programme_impact:
    "Measured, the wins sum up to {naive}. Picked for being high, they are worth less: {corrected} ({interval}).",
  programme_none: "No effect was shown to be good, so there is nothing to sum up.",
  programme_holdout_agrees: "The holdout measured {value}, which agrees ({p}).",
  programme_holdout_differs: "The holdout measured {value}, which does not agree ({p}).",

  programme_rules: "Which threshold earns most",
  programme_best:
    "Keeping what has a one-sided p of at most {threshold} would have earned most: {earned}. Every test is judged without its own part of the data.",
  programme_no_rule: "No threshold would have earned anything.",
  programme_threshold: "p at most",
  programme_kept: "kept",
  programme_earned: "earned",

  programme_surrogates: "What may stand for it",
  programme_surrogate: "metric",
  programme_slope: "goes with",
  programme_told: "told",
  programme_predicted: "predicted",
  programme_both: "both win",
  programme_wrong: "wrong",
  programme_missed: "missed",
  programme_from_to: "{low} to {high}",
  programme_surrogate_tells:
    "{surrogate}: an effect of 1 on it goes with {slope} on {metric}, and tells {told} of what effects on {metric} differ by.",
  programme_surrogate_linked: "{surrogate}: an effect of 1 on it goes with {slope} on {metric}.",
  programme_surrogate_unshown:
    "{surrogate}: past tests do not show that effects on it go with effects on {metric}. Do not decide by it.",
  programme_surrogate_no_spread:
    "{surrogate}: its effects differ by hardly more than their errors, so nothing can be said.",
  programme_surrogate_thin: "{surrogate}: only {tests} tests measured both, at least 10 are needed.",
  programme_surrogate_note:
    "Goes with, at {level}: effect on the metric per effect of 1, errors of measurement taken out. Told: share of the spread of true effects. Predicted: how often a prediction from other tests held what was measured. Both win, wrong, missed: deciding by it alone.",

  programme_periods: "Year by year",
  programme_period: "year",
  programme_effects_column: "effects",
  programme_wins_column: "wins",
  programme_corrected_column: "worth, corrected",

  programme_next: "What to test next",
  programme_next_best:
    "The next test of “{kind}” promises most: {gain} by keeping it if it is good, which it is with a chance of {chance}.",
  programme_kind: "kind",
  programme_any: "any kind",
  programme_expected: "expected",
  programme_chance: "chance good",
  programme_gain: "gain",
  programme_units: "units",
  programme_days: "days",
  programme_error: "standard error",
  programme_size:
    "A test of this size brings four fifths of what knowing the effect exactly would. Expected: the mean, and one standard deviation.",

  programme_left_out: "Left out: {list}.",
  programme_left_adaptive: [
    "{count} comparison without an estimate",
    "{count} comparisons without an estimate",
  ],
  programme_left_thin: [
    "{count} arm with fewer than ten successes or non-successes on a side",
    "{count} arms with fewer than ten successes or non-successes on a side",
  ],
  programme_left_alone: ["{count} test of a single arm", "{count} tests of a single arm"],
  programme_left_rows: ["{count} row without an effect", "{count} rows without an effect"],
  programme_left_files: ["{count} file of another kind", "{count} files of another kind"],
} as const;
