/** What the page of found segments says. */
export const segmentsPhrases = {
  segments_title: "Segments: {units} units, {attributes} attributes",
  segments_contrast: "{treatment} against {control}",
  segments_everyone:
    "Treating everyone brings {gain} per unit, net of cost ({interval}); a unit that is not treated is worth {nobody}.",
  segments_same: "The effect is not shown to differ between units ({p}), so no segment is named.",
  segments_unstable:
    "The effect differs between units ({p}), but no rule is found again and again, so no segment is named.",
  segments_differ: "The effect differs between units ({p}, over {splits} splits).",
  segments_found: [
    "{count} segment stands up on units that had no part in finding it:",
    "{count} segments stand up on units that had no part in finding them:",
  ],
  segments_rule: "who",
  segments_share: "share",
  segments_inside: "effect there",
  segments_outside: "elsewhere",
  segments_p: "p corrected",
  segments_gain: "gain per unit of all",
  segments_do: "net of cost",
  segments_only: "treat only these",
  segments_except: "treat all but these",
  segments_all: "treat everyone",
  segments_nobody: "treat nobody",
  segments_action:
    "{who}: {action}; treating them, and nobody else, brings {gain} per unit of everybody ({interval}).",
  segments_intervals: "{level} intervals, of all named segments together.",
  segments_condition: "As an audience, or a segment of an experiment file: {json}",
  segments_is: "{attribute} = {value}",
  segments_is_not: "{attribute} ≠ {value}",
  segments_at_least: "{attribute} ≥ {value}",
  segments_below: "{attribute} < {value}",
  segments_between: "{low} ≤ {attribute} < {high}",
  segments_since: "{attribute} since {value}",
  segments_before: "{attribute} before {value}",
  segments_there: "{attribute} known",
  segments_missing: "{attribute} missing",
  segments_and: "{one} and {other}",
  segments_not: "not ({rule})",

  segments_values: "What policies are worth",
  segments_value_of: "policy",
  segments_value: "worth per unit",
  segments_over_best: "over {best} for all",
  segments_for_all: "{variant} for all",
  segments_tree: "best tree",
  segments_tree_gains:
    "A tree that is learned anew gains {gain} over the best single variant ({interval}), on units that it was not learned from.",
  segments_tree_none:
    "No tree is shown to be worth more than the best single variant ({gain}, {interval}).",
  segments_tree_rules: "The tree of all units: {rules}",
  segments_give: "{rule}: {variant}",
  segments_else: "everyone else: {variant}",

  budget_title: "What a budget brings",
  budget_plan:
    "Of a budget of {budget}, {spent} is spent on the {count} units that are expected to gain most by it: that brings {gain} per unit of everybody ({interval}), {total} together.",
  budget_plan_nobody: "Nobody is expected to gain, so nothing of a budget of {budget} is spent.",
  budget_targeting:
    "Spent on units at random it would bring {alike}; choosing them brings {more} of it ({interval}).",
  budget_most: "Beyond {most} no more gain is expected of anyone.",
  budget_none: "No gain is expected of anyone, so no budget is worth spending.",
  budget_head: "budget",
  budget_gain: "gain per unit",
  budget_alike: "at random",
  budget_more: "by choosing",
  budget_tenths: "{treatment} against {control}, by tenths of what is expected to be gained",
  budget_told:
    "Who gains is told beforehand: where 1 more is expected, {slope} more is measured ({interval}; {p}).",
  budget_untold:
    "Who gains is not shown to be told beforehand: where 1 more is expected, {slope} more is measured ({interval}; {p}).",
  budget_area:
    "Area under the gains by share treated: {auuc} ({interval}); above treating as many at random: {qini} ({above}).",
  budget_tenth: "tenth",
  budget_units: "units",
  budget_effect: "effect on one",
  budget_revenue: "revenue",
  budget_cost: "cost",
  budget_net: "net",
  budget_roi: "return",
  budget_groups: "Segments: what treating them brings",
  budget_group: "segment",
  budget_currency: "Amounts are in {currency}.",
  budget_no_currency:
    "No currency was given (--currency): costs are taken to be in the unit of the outcome × worth.",
  budget_counts: "No cost was given, so a budget counts treated units.",
  budget_intervals:
    "{level} intervals, each by itself. Who gains most was told by units other than those it is measured on.",

  whom_title: "Whom to treat?",
  whom_answer: [
    "{count} segment in which a treatment does something else than elsewhere, on units that had no part in finding it.",
    "{count} segments in which a treatment does something else than elsewhere, on units that had no part in finding them.",
  ],
  whom_net: "Net gain by budget",
  whom_gain: "Gain by number treated",
  whom_about: "per unit of everybody; dashed: as much spent at random; upright line: the budget",
  whom_picture: "Net gain per unit by budget: {gain} at {budget}, where no more is expected.",
  whom_numbers: "Numbers",

  segments_refused: "Attributes left out",
  segments_reason: "why",
  segments_attribute: "attribute",
  segments_constant: "never varies",
  segments_identifier: "differs for nearly every unit, like an identifier",
  segments_mixed: "holds numbers and text",
  segments_tells_variant: "tells the variant, so it came with it",
  segments_moved: "differs between the variants, so it was recorded after them or moved by them",
  segments_outcome: "is the outcome, or nearly so",
  segments_left_missing: [
    "{count} unit without an outcome was left out.",
    "{count} units without an outcome were left out.",
  ],
  segments_left_several: [
    "{count} row of a unit in several variants was left out.",
    "{count} rows of units in several variants were left out.",
  ],
  segments_left_other: [
    "{count} unit of another variant was left out.",
    "{count} units of other variants were left out.",
  ],
} as const;
