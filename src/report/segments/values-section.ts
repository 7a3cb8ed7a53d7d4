import type { PolicyValues, Ranged, ValuedPolicy } from "../../segments/index.js";
import type { Section } from "../sections/section.js";
import type { Voice } from "../words/language.js";
import { toldCondition } from "./told-condition.js";

/** What everyone the same, given rules and the best tree are worth. */
export function valuesSection({ single, policies, tree, best }: PolicyValues, voice: Voice): Section {
  const amount = ({ value, interval }: Ranged) => voice.difference(value, "amount", interval);
  const range = ({ interval }: Ranged) => voice.differenceInterval(interval, "amount");
  const row = (name: string, { value, overBest }: ValuedPolicy) => [
    ...[name, voice.level(value.value, "amount")],
    overBest.standardError === 0 ? "–" : `${amount(overBest)} (${range(overBest)})`,
  ];
  const rows = [
    ...Object.entries(single).map(([variant, each]) => row(voice.say("segments_for_all", { variant }), each)),
    ...Object.entries(policies).map(([name, each]) => row(name, each)),
    ...(tree ? [row(voice.say("segments_tree"), tree)] : []),
  ];
  const gained = tree && { gain: amount(tree.overBest), interval: range(tree.overBest) };
  const rules = tree && [
    ...tree.rules.rules.map(({ when, variant }) =>
      voice.say("segments_give", { rule: toldCondition(when, voice), variant }),
    ),
    voice.say("segments_else", { variant: tree.rules.otherwise }),
  ];
  return {
    title: voice.say("segments_values"),
    sentences:
      tree && gained
        ? [
            tree.overBest.interval[0] > 0
              ? voice.say("segments_tree_gains", gained)
              : voice.say("segments_tree_none", gained),
          ]
        : [],
    table: {
      head: [
        ...[voice.say("segments_value_of"), voice.say("segments_value")],
        voice.say("segments_over_best", { best }),
      ],
      align: "lrr",
      rows,
    },
    ...(rules && tree.overBest.interval[0] > 0
      ? { notes: [voice.say("segments_tree_rules", { rules: rules.join("; ") })] }
      : {}),
  };
}
