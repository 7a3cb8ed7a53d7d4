/** What is said of effects over time. */
export const timePhrases = {
  over_time_title: "Does the effect last?",
  over_time_fades:
    "The effect of {contrast} on {metric} wears off with days since exposure: {first} on days {early}, {last} on days {late} ({scale}, adjusted {p}). Judge it by the later days.",
  over_time_grows:
    "The effect of {contrast} on {metric} grows with days since exposure: {first} on days {early}, {last} on days {late} ({scale}, adjusted {p}). The first days do not show all of it.",
  over_time_turns:
    "The effect of {contrast} on {metric} turns around with days since exposure: {first} on days {early}, {last} on days {late} ({scale}, adjusted {p}). Judge it by the later days.",
  over_time_range: "{from} to {to}",
  over_time_per_day: "per day",
  over_time_relative: "lift",
  over_time_not_relative:
    "As a lift it is not shown to change ({first} and {last}): all variants may simply do more or less on later days.",
  over_time_also_relative: "As a lift it goes from {first} to {last}.",
  over_time_not_absolute: "In differences per day it is not shown to change ({first} and {last}).",
  over_time_none: [
    "No change of an effect with days since exposure is shown ({count} test; day 0 is the 24 hours from the first exposure on).",
    "No change of an effect with days since exposure is shown ({count} tests; day 0 is the 24 hours from the first exposure on).",
  ],
  over_time_untested: "Whether effects change with days since exposure could not be tested.",
  over_time_holds:
    "The band of everything so far holds in all periods at once, as the plan’s intervals hold at all looks; those of single periods and days hold for one at a time.",
  over_time_each:
    "Each interval holds for its own period or day: over many of them some will leave zero out by chance, so do not pick one.",
  over_time_how:
    "Line: the effect as measured; band: its {level} interval. Hollow: the interval includes zero. Periods are in UTC.",
  over_time_cumulative: "{contrast}, {metric}: everything so far",
  over_time_during: ["{contrast}, {metric}: each day by itself", "{contrast}, {metric}: each week by itself"],
  over_time_since: "{contrast}, {metric}: by days since exposure",
  over_time_days: "days since exposure",
  over_time_calendar: ["by the end of", "by the end of the week from"],
  over_time_period: ["day", "week from"],
  over_time_picture: "{about}, from {before} at {first} to {since} at {last}",
  over_time_table: "Every day",
  over_time_complete: "{contrast}, {metric}: units that had all {days} days: {control} and {treatment}",
} as const;
