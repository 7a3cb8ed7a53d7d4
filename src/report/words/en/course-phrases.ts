/** What is said of the bounds of a plan's looks, and of the way of an effect among them. */
export const coursePhrases = {
  course_title: "How near is a decision?",
  course_stands: "{variant} stands at {deviate} standard errors.",
  course_gain: "At this look a gain is shown from {gain}.",
  course_gain_none: "This look is too early to show a gain.",
  course_futility: "It is given up at or below {futility}.",
  course_next: "At the next one, at {units} units, {gain} would be enough.",
  course_paid: [
    "{spent} of error is spent, {left} is left for {count} look to come.",
    "{spent} of error is spent, {left} is left for {count} looks to come.",
  ],
  course_over: "{spent} of error is spent, and the plan has no further look.",
  course_how:
    "Effects are in standard errors, gains upwards. The line is the way from look to look; above the upper bound a gain is shown, below the lower one harm. The shaded part lies ahead, with the bounds as planned.",
  course_how_futility:
    "Effects are in standard errors, gains upwards. The line is the way from look to look; above the upper bound a gain is shown, below the lowest one harm; at or below the dashed one, the gain is given up. The shaded part lies ahead, with the bounds as planned.",
  course_first:
    "The bounds are those of the first test that passes; gains are {gains} tests and harm {harms}, which share the error.",
  course_picture: "{metric}, {variant}: at {stands} standard errors, where a gain is shown from {gain}",
  course_axis: "{units} units planned",
  course_effect: "effect (SE)",
  course_gain_column: "gain at",
  course_harm_column: "harm at",
  course_futility_column: "give up at",
  course_spent_column: "spent",
  course_left_column: "left",
  course_taken: "no estimate",
  course_assumed: "assumed",
  course_planned: "to come",
  course_table: "Bounds of every look",
} as const;
