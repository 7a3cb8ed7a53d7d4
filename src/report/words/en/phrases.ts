import { coursePhrases } from "./course-phrases.js";
import { pagePhrases } from "./page-phrases.js";
import { programmePhrases } from "./programme-phrases.js";
import { segmentsPhrases } from "./segments-phrases.js";
import { timePhrases } from "./time-phrases.js";

/** What a report says besides sentences of findings and rules, with `{holes}` for names and numbers. */
export const phrases = {
  ...pagePhrases,
  ...programmePhrases,
  ...segmentsPhrases,
  ...coursePhrases,
  ...timePhrases,

  contrast: "{treatment} against {control}",
  everyone: "everyone",
  scoped: "{scope}: {line}",

  head_text: "version {version} · {units} · from {source}",
  head_page: "version {version} · {units} · {control}",
  head_control: "control {control}",
  units_of: ["{count} unit ({unit})", "{count} units ({unit})"],
  diluted_to_all: "over all units, those that never met the trigger among them, {difference} ({interval})",
  units_by_cluster: ["{count} cluster ({column}) of {units}", "{count} clusters ({column}) of {units}"],
  ship: "{action} {variant}",

  checks_skipped: "shares not checked, {reason}",
  checks_passed: "shares are compatible with the plan ({numbers})",
  checks_levels_passed:
    "Within the levels of {dimensions} they are too, the least likely being {level} ({numbers})",
  checks_failed: "units did NOT arrive in the planned shares ({numbers})",
  chi_square: "χ² {statistic} on {df} df, {p}",
  at_every_look: "sequential test, {p}, which holds at every look",
  scope_rule: "rule {rule}",
  scope_all: "all versions",
  scope_version: "version {version}",
  scope_levels: [
    "{dimension}, {count} level, {level}",
    "{dimension}, the least likely of {count} levels, {level}",
  ],
  shares: "shares",
  check_failed: "check failed",
  nobody: "nobody",
  who: "Who took part",

  overall: "Overall",
  intervals: "{level} intervals, corrected like p",
  intervals_believed:
    "{level} credible intervals: what is believed after the prior and the data. Choices are made by expected loss, not by intervals",
  tests: ["{count} test", "{count} tests"],
  rule_title: "rule {rule}: applied (treatment) against held back (control)",
  weighted_alike: "weighting {dimensions} alike on both sides changes no difference materially",
  weighted_moves: [
    "weighting the levels alike moves {moved} of {count} difference; see the findings",
    "weighting the levels alike moves {moved} of {count} differences; see the findings",
  ],

  control: "control",
  treatment: "treatment",
  variant: "variant",
  metric: "metric",
  difference: "difference",
  interval: "interval",
  lift: "lift",
  contrast_column: "contrast",
  corrected: "corrected",
  p_corrected: "p corrected",
  unbounded: "unbounded",
  estimate_missing: "{status}: {reason}",
  lift_missing: "lift {status}: {reason}",

  between: "Between",
  on_df: "{statistic} on {df} df",
  differs: "differs",
  differs_in_points: "in points only",
  differs_in_amount: "in amount only",
  differs_in_lift: "in lift only",
  untested_scale: "no test of the {scale}: {reason}",
  levels_repeated_first:
    "{units} units ({share}) were met in several levels; each counts in the one where it was met first, so levels share some of their effect",
  levels_repeated_each:
    "{units} units ({share}) count in several levels; the test takes levels as independent, so it is approximate",
  levels_merged: "too thin to stand alone, compared together as one level: {levels}",
  levels_merged_some: "in some tests too thin to stand alone, compared together as one level: {levels}",
  levels_omitted: "left out, too few units, or units with a value, on a side: {levels}",
  levels_omitted_some: "in some tests left out, too few units, or units with a value, on a side: {levels}",
  levels_silent: "in some tests without an event or any variance, so telling nothing there: {levels}",
  levels_resampled: [
    "the p-value of {count} test comes from resamples, {most} at most, since some arms expect fewer than two events",
    "the p-values of {count} tests come from resamples, {most} at most, since some arms expect fewer than two events",
  ],
  not_shown: "not shown",
  not_tested: "not tested",
  all_tests_of: "All tests of {dimension}",

  cells: "Cells",
  cells_counts: [
    "{count} comparison: {good} better, {bad} worse, {rest} not shown, {thin} too thin to say",
    "{count} comparisons: {good} better, {bad} worse, {rest} not shown, {thin} too thin to say",
  ],
  cells_alike: "no cell differs from the rest of the units after correction",
  cells_differ: [
    "{count} comparison in cells differs from the rest of the units after correction",
    "{count} comparisons in cells differ from the rest of the units after correction",
  ],
  cells_clearest: "{cells}; the {most} clearest",
  cell: "cell",
  here: "here",
  elsewhere: "elsewhere",
  here_elsewhere: "{shrunken} ({interval}) here ({difference} as measured), {elsewhere} elsewhere, {p}",
  as_measured: "as measured",
  shrunken: "shrunken",
  too_thin: "too thin",

  findings_page: "Every finding",
  findings_about: [
    "{count} sentence with the numbers behind it",
    "{count} sentences with the numbers behind them",
  ],

  families: "Corrected apart from what decides: {families}.",
  family: ["{grain}: {count} test, {correction}", "{grain}: {count} tests, {correction}"],
  families_evidence:
    "e-benjamini-hochberg reads the evidence of this look (1 ÷ p): the share of false claims holds at whatever look one stops, and however cells depend on each other.",
  one_look:
    "p-values hold for one look, at the planned end; looking early and often finds more than is there.",
  one_look_early: "So far {units} of the {planned} planned units have arrived: this is not that look yet.",
  looks_unstated:
    "The plan does not say how often it looks, so the results are read twice: as its one planned look, and so that they hold however often one looks. Only the second ships or stops by itself.",
  looks_any: "The plan may look at any time.",
  belief: "chance to be better {chance}, expected loss {loss} against {other} for {control}",
  looks_believed:
    "The plan decides by beliefs: lifts of {mean} ± {sd} before the data, and a choice where it gives up less than {loss} on average.",
  looks_false: [
    "If the first goal did not move at all, {count} look, this one, would have shipped in {ship} of such experiments and stopped in {stop}: a belief holds no error.",
    "If the first goal did not move at all, {count} looks on the way here would have shipped in {ship} of such experiments and stopped in {stop}: beliefs hold no error over looks.",
  ],
  look_of: "This is one of the plan's {most} looks.",
  look_this_of: "This is look {look} of the plan's {most}.",
  look_units: "{units} of {planned} planned units have arrived.",
  look_spent: "{spent} of error is spent by now, {left} is left.",
  look_spent_hardly: "Hardly any of the {error} of error is spent by now.",
  level_above: "more than {level}",
  look_read: "A single test is read at {each}, so that all looks together hold {level}.",
  look_too_early: "It is too early to show anything: all looks together are to hold {level}.",
  look_futility:
    "A goal's gain is given up where it is {below} standard errors or less, since the gain that the plan finds with probability {power} would hardly be found any more.",
  look_futility_none: "It is too early to give up the gain that the plan finds with probability {power}.",
  look_futility_free: "Going on all the same keeps the error.",
  look_futility_binding: "That binds: what was given up is not shown any more.",
  ship_at_one_look: "{action} {variant}, if this is the one planned look; otherwise {keep}",
  ship_if_one_look: "{action}, if this is the one planned look; otherwise {keep}",
  followed: "Rule followed: {rule}.",

  bandit: "Bandit",
  record: "record",
  run_decisions: ["{count} decision for {units}", "{count} decisions for {units}"],
  run_units: ["{count} unit", "{count} units"],
  run_line: "{decisions}, {when}, by {policies}; {rewards}",
  run_rewards: ["{count} reward known", "{count} rewards known"],
  run_pending: "{rewards}, {count} pending",
  from_to: "{from} to {to}",
  served_skipped: "recorded probabilities not checked: {reason}",
  served_passed: "actions came as often as their recorded probabilities say ({numbers})",
  served_failed: "actions did NOT come as often as their recorded probabilities say ({numbers})",
  gain_line: [
    "gained over uniform play: {gain} in {count} reward, {level} interval {low} to {high}",
    "gained over uniform play: {gain} in {count} rewards, {level} interval {low} to {high}",
  ],
  gain_unknown: "gained over uniform play: not known, {reason}",
  effect_line: "{arm} over {control}: {difference}, {level} interval {interval}; at any look {always}",
  effect_mixture:
    "{arm} over {control}: {difference}, {level} interval {interval}; at any look {always}, by the mixture with uniform play alone {design}",
  effect_look: "{arm} over {control}: {difference}, {level} interval {interval}",
  effect_unread: "{arm} over {control}: not known, {reason}",
  effect_units:
    "some units were decided for more than once: these intervals take a unit's decisions for independent, and are too short as far as they are alike",
  effect_share: "{share} of uniform play would have given every arm enough rewards to be read",
  segment_effect:
    "{arm} over {control}: {difference}, {level} interval {interval}, corrected for all levels together",
  segment_unread: [
    "{count} arm cannot be read here; {share} of uniform play would have given it enough rewards",
    "{count} arms cannot be read here; {share} of uniform play would have given them enough rewards",
  ],
  learned_beats:
    "a policy that reads {fields} beats always {single}: {difference}, {level} interval {interval}, though both were learned from these decisions; it plays something else {share} of the time",
  learned_open:
    "not shown that a policy that reads {fields} beats always {single}: {difference}, {level} interval {interval}; it plays something else {share} of the time",
  learned_loses:
    "a policy that reads {fields} earns less than always {single}: {difference}, {level} interval {interval}; play {single}",
  learned_alike: "a policy that reads {fields} plays {single} for everyone: nothing to personalize is seen",
  learned_unread: "whether a policy that reads {fields} beats always {single}: not known, {reason}",
  gain_until: "{line} (up to {day}: {gain}, {low} to {high})",
  known_line: [
    "in truth (simulated): gave up {regret} in {count} decision against always playing the best, uniform play {uniform}",
    "in truth (simulated): gave up {regret} in {count} decisions against always playing the best, uniform play {uniform}",
  ],
  known_saved: "{line}, {saved} less",
  others: ["{count} other", "{count} others"],
  arm: "arm",
  decisions: "decisions",
  share: "share",
  reward: "reward",
  now: "now",
  played_now: "played now",
  best: "best",
  best_long: "probability of being best",
  believed: "believed",
  believed_long: "believed to earn",
  share_over_time: "share over time",
  share_of_arms: "Share of the traffic of each arm",
  share_of_factor: "Share of the traffic of each {factor}",
  share_picture: "{what} from {from} to {to}; of all decisions: {shares}",
  not_played: "not played",
  by_field: "by {field}",
  level: "level",
  why: "why",
  decisions_of: ["{count} decision", "{count} decisions"],
  decisions_reward: "{decisions}, reward {reward}",
  level_line: "{level} ({decisions}): {shares}",
  level_gets: "What each {field} gets",
  level_gets_why: "What each {field} gets, and why",
  why_line: "{arm} is the best with probability {best}; earns {earns}",
  why_line_ahead: "{arm} is the best with probability {best}, ahead of {next} ({nextBest}); earns {earns}",
  why_terms: "{line}; moved most by {terms}",
  gain_page: "Gained over uniform play",
  gain_about:
    "Expected reward beyond what playing all arms alike would have brought, summed up. Doubly robust: estimated from the recorded probabilities, whatever drifts; the band is the {level} interval.",
  gain_truth: "The broken line is the truth, known because this run is simulated.",
  belief_page: "What is believed",
  belief_about:
    "Posterior density of what each arm earns, the likeliest best first; dot and bar are its mean and {level} interval. Each density has its own height.",
  belief_best: "best: {best}",
  belief_numbers: "{earns}, best {best}",
  belief_picture: "Posterior densities of what each arm earns: {arms}",
  more: ["{count} more", "{count} more"],
} as const;

/** Name of a phrase. */
export type PhraseKey = keyof typeof phrases;

/** What an estimate's flags warn of. */
export type Caution =
  | "skewed"
  | "no_third_moments"
  | "few_events"
  | "unadjusted"
  | "looks_disagree"
  | "near_zero_baseline"
  | "negative_baseline";

type HolesIn<T> = T extends readonly [infer One, infer More]
  ? "count" | HolesIn<One> | HolesIn<More>
  : T extends `${string}{${infer Hole}}${infer Rest}`
    ? Hole | HolesIn<Rest>
    : never;

/** The holes of a phrase. */
export type Holes<K extends PhraseKey> = HolesIn<(typeof phrases)[K]>;
