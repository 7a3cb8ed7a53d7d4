import { english } from "../../../errors/index.js";
import type { LanguageWords } from "../language.js";
import { findings } from "./findings.js";
import { next } from "./next.js";
import { phrases } from "./phrases.js";
import { risks, rules } from "./rules.js";

/** English. */
export const en: LanguageWords = {
  name: "English",
  errors: english,
  numbers: {
    decimal: ".",
    thousands: ",",
    percent: "%",
    points: () => " points",
    interval: (low, high) => `${low} to ${high}`,
    below: " ",
    p: (text) => `p ${text}`,
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    date: (day, month, year) => `${day} ${month}${year === undefined ? "" : ` ${year}`}`,
  },
  one: (count) => count === 1,
  phrases,
  findings,
  rules,
  risks,
  next,
  actions: {
    ship: "Ship",
    keep_running: "Keep running",
    stop: "Stop",
    enough: "End the test",
    cannot_tell: "Cannot tell",
    do_not_read: "Do not read",
  },
  roles: { goal: "goal", guardrail: "guardrail", diagnostic: "diagnostic" },
  marks: { good: "▲ better", bad: "▼ worse", neutral: "not shown", none: "no estimate" },
  readings: {
    better: "▲ better",
    worse: "▼ worse",
    tolerated: "▼ worse, in margin",
    safe: "✓ safe",
    open: "? open",
    not_shown: "· not shown",
    negligible: "· none worth having",
    higher: "▲ higher",
    lower: "▼ lower",
    no_estimate: "· no estimate",
    hardly: "? hardly reacts",
    ignores: "○ ignores it",
    stronger: "▲ stronger",
    opposite: "≠ opposite",
    unlike: "≠ unlike the rest",
    too_thin: "· too thin",
  },
  grains: {
    gains: "gains of goals",
    margins: "margins of guardrails",
    harms: "harm to goals and guardrails",
    macro: "overall, deciding nothing",
    rules: "rules",
    between: "between levels",
    screens: "among cells",
    micro: "cells",
    versus_rest: "cells against the rest",
    trends: "values along an order",
    ignoring: "cells that may ignore a variant",
    reasons: "reasons",
    reason_levels: "reasons between levels",
    reason_cells: "reasons in cells",
    factors: "effects of factors",
  },
  statuses: {
    undefined: "undefined",
    unbounded: "unbounded",
    degenerate: "degenerate",
    adaptive: "adaptive",
  },
  cautions: {
    no_third_moments:
      "no third moments or counts of non-zero values: skewed amounts could not be allowed for",
    skewed: "skewed: a few large values weigh on it, which the interval allows for",
    few_events: "fewer than 10 units with or without the event on a side: the numbers rest on few people",
    unadjusted: "too few events on a side to adjust for covariates: unadjusted",
    looks_disagree:
      "earlier looks have left this value out: the effect has changed, or the data have; this look speaks for itself",
    near_zero_baseline: "the control's value is near zero: read the difference, not the lift",
    negative_baseline: "the control's value is negative: the lift is relative to its size",
  },
  excluded: (reason) => reason.replaceAll("_", " "),
  reason: (text) => text,
  source: (kind) => kind,
};
