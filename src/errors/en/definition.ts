import type { Sentences } from "../parameters.js";
import { choice } from "./phrases.js";

export const not_json: Sentences = [
  "is not plain JSON (text, finite number, boolean, null, array or plain object, at most 64 levels deep)",
  "convert it to JSON values first",
];
export const invalid_key: Sentences = [
  "is not usable as a key (empty, longer than 200 characters, or a name that JavaScript objects already have)",
  "choose another name",
];
export const integer_like_key: Sentences = [
  "looks like an integer, and JavaScript would reorder it",
  'start the key with a letter, e.g. "v1"',
];
export const duplicate_key: Sentences = ["is used more than once", "give each its own key"];
export const too_few_variants: Sentences = [
  "names fewer than two variants, so there is nothing to compare",
  "add a control or a treatment",
];
export const missing_control: Sentences = [
  'is not given, and no variant is named "control"',
  "set `control` to the variant that others are compared with",
];
export const unknown_variant: Sentences = (told) => [
  "is not one of the experiment's variants",
  choice(told, "use a key of `variants`"),
];
export const allocation_sum: Sentences = [
  "gives fractions that do not sum to 1 (within 1e-9)",
  "make the fractions of all variants sum to 1",
];
export const invalid_ranges: Sentences = ({ other }) => [
  other === undefined
    ? "are not sorted, disjoint integer ranges covering 0 to 4294967296 with one or more for each variant"
    : `have none for the variant "${other}"`,
  "take `ranges` from `defineExperiment` or `reallocate`",
];
export const other_role: Sentences = ({ near, other }) => [
  `is for metrics of ${near === undefined ? "another role" : `the role "${near}"`}${other === undefined ? "" : `, and this one has the role "${other}"`}`,
  "leave it out, or change the metric's role",
];
export const not_a_sum: Sentences = ({ other, known = [] }) => [
  `is a metric${other === undefined ? "" : ` of the type "${other}"`}, whose values do not add up unit by unit`,
  `combine metrics that do${known.length > 0 ? ` (there are: ${known.join(", ")})` : ""}; of a ratio, declare the sum that counts as a metric of its own; of a combination, name its parts`,
];
export const zero_weight: Sentences = [
  "is a weight of 0, so this metric would count for nothing",
  "give it another weight, or leave it out",
];
export const conflicting_keys: Sentences = ({ other }) => [
  `says what ${other === undefined ? "another key" : `\`${other}\``} says already`,
  other === "ranges"
    ? "leave one of them out, or make the next version with `reallocate`"
    : "leave one of them out",
];
export const unused_setting: Sentences = ({ other }) => [
  `would be ignored: this plan is read ${other === undefined ? "otherwise" : `by the rule "${other}"`}`,
  "leave it out, or change `looks` or `method`",
];
export const futility_goals: Sentences = () => [
  "binds, and a treatment is given up by the one goal that a plan has, which this one does not",
  "leave `binding` out, or give one metric the role of a goal",
];
export const uncounted_looks: Sentences = ({ other }) => [
  `does not say how many looks there are${other === undefined ? "" : `, and "${other}" shares the error among them`}`,
  "set it to their number, or to fractions of `units` that rise to 1",
];
export const invalid_unit_id: Sentences = ["is not an id", "pass an id as text"];
export const too_deep: Sentences = [
  "nests more than 32 levels deep, or refers to itself through segments",
  "flatten it",
];
export const unknown_segment: Sentences = (told) => [
  "is not a named segment",
  choice(told, "add it to `segments`"),
];
export const unknown_attribute: Sentences = (told) => [
  "is not one of the experiment's attributes",
  choice(told, "declare it in `attributes`, or correct its spelling"),
];
export const unsuitable_test: Sentences = (told) => [
  `does not apply to ${told.other === undefined ? "an attribute of this type" : `attributes of type ${told.other}`}`,
  choice({ ...told, near: undefined }, "use a test that does"),
];
export const invalid_instant: Sentences = [
  "is not an instant: a Date, milliseconds, or ISO 8601 text with a zone (a bare day is midnight UTC)",
  'write it like "2026-03-01" or "2026-03-01T09:00:00+01:00"',
];
export const invalid_version: Sentences = ["is not a semantic version", 'write it like "2.10.0"'];
export const impossible_condition: Sentences = [
  "can be met by no unit",
  "look for tests of one attribute that exclude each other",
];
export const overlapping_rules: Sentences = ({ example, other }) => [
  `can be met together with the condition of ${other === undefined ? "an earlier rule" : `the earlier rule "${other}"`}${example === undefined ? "" : `, by a unit with ${example}`}`,
  'exclude the earlier rule with `not`, or set `ruleOrder` to "first"',
];
export const undecided_rules: Sentences = ({ other }) => [
  `could not be shown to exclude the condition of ${other === undefined ? "an earlier rule" : `the earlier rule "${other}"`}`,
  'set `ruleOrder` to "first", or make the conditions simpler',
];
export const schedule_reversed: Sentences = [
  "ends before it starts, or when it starts",
  "set `until` later than `from`",
];
export const invalid_definition: Sentences = ["is not valid", "`parseDefinition` says why"];
export const invalid_signature: Sentences = [
  "does not carry the signature of its content under this secret",
  "seal it again with `sealSnapshot` and the same secret, and do not use it as it is",
];
export const other_unit: Sentences = [
  "is not the unit that this was sealed for",
  "pass the `unitId` of whoever opens it, and do not use another's",
];
export const expired_snapshot: Sentences = ({ expected: { below } = {} }) => [
  `is not a time before the snapshot's end${below === undefined ? "" : `, ${below}`}`,
  "pass the present time as `now`, and seal a new snapshot where this one is old",
];
export const missing_now: Sentences = ["is needed by a schedule", "pass `now`"];
export const prerequisite_cycle: Sentences = [
  "leads back to the experiment itself",
  "remove one of the prerequisites of the circle",
];
export const invalid_layer_ranges: Sentences = [
  "are not sorted, disjoint ranges of integers within 0 to 4294967296",
  "take them from `claimLayer`",
];
export const layer_overlap: Sentences = ({ other }) => [
  `overlaps the points of ${other === undefined ? "another experiment" : `the experiment "${other}"`} in the same layer`,
  "claim free points with `claimLayer`",
];
export const layer_full: Sentences = ({ expected: { atMost } = {} }) => [
  `is more than the layer has free${atMost === undefined ? "" : `, which is ${atMost}`}`,
  "ask for less, or end an experiment of the layer",
];
export const mixed_units: Sentences = [
  "is not the unit of the others, so they cannot exclude each other",
  "give all experiments of a layer the same `unit`",
];
export const same_version: Sentences = ({ other }) => [
  `is a version of ${other === undefined ? "an experiment" : `"${other}"`} that is known with another definition`,
  "give what changed a version of its own (`nextVersion`), or load the definition as it was",
];
export const absent_experiment: Sentences = ({ known }) => [
  `is not in what was loaded${known?.length ? ` (there: ${known.join(", ")})` : ""}, so its fallback is given`,
  "load the catalogue that the page was written for, or take the experiment out of the page",
];
export const other_variants: Sentences = ({ known, example }) => [
  `are ${example ?? "others"} in what was loaded, and the page was written for ${known?.join(", ") ?? "others"}`,
  "build the page anew with the types of this catalogue, or load the catalogue that it was written for",
];
export const shared_salt: Sentences = [
  "is the salt of another experiment too, so both would split the same way",
  "give each experiment its own salt",
];
export const beyond_assign: Sentences = ["is not for assign", "use createAssigner or decide"];
export const needs_decision: Sentences = ["lacks what a policy decides", "pass what `decide` gave"];
export const invalid_snapshot: Sentences = [
  "is not what a snapshot holds here",
  "take the whole of what `assigner.snapshot` gave",
];
/** Told of arguments and options of what pages load: short, because its words are loaded too. */
export const invalid_argument: Sentences = ({
  known,
  expected: { type, length, whole, atLeast = 0, atMost } = {},
}) => [
  (length ? "needs" : "is not") +
    (known?.[0]
      ? ` one of ${known.join(", ")}`
      : type
        ? ` of type ${type}`
        : whole
          ? ` a whole number ≥ ${atLeast}`
          : atMost !== undefined
            ? ` a number from ${atLeast} to ${atMost}`
            : " valid"),
  "correct it",
];
export const invalid_sticky: Sentences = [
  "is not what the store was given for this unit",
  "let `get` return the record itself, not a promise, and nothing where there is none",
];
export const conflicting_link: Sentences = ({ other }) => [
  `is not the unit that another link gives this id${other === undefined ? "" : `, which is "${other}"`}`,
  "keep one unit for each id, as `toJSON` gave them",
];
