// The error table: one constant a code, `[problem, fix]`. Constants, not one object, so that a bundle
// carries only the sentences it can throw. docs/errors.md is generated from this file (`npm run docs:errors`).

/** A problem's two derived sentences: what is wrong, and what to do about it. */
type Sentences = readonly [problem: string, fix: string];

// core — any function
export const not_finite: Sentences = ["is not a finite number", "pass a finite number"];
export const out_of_range: Sentences = [
  "lies outside the range allowed here",
  "see the function's docstring for the range",
];
export const wrong_type: Sentences = ["has the wrong type", "see the docs"];
export const unknown_key: Sentences = ["is not a known key", "correct it"];
export const unsupported_format: Sentences = [
  "is not a format that this version knows",
  "write it with this version",
];

// hash, definition, assignment, exposures
export const missing_value: Sentences = ["is required and is missing", "add it"];
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
export const unknown_variant: Sentences = [
  "is not one of the experiment's variants",
  "use a key of `variants`",
];
export const allocation_sum: Sentences = [
  "gives fractions that do not sum to 1 (within 1e-9)",
  "make the fractions of all variants sum to 1",
];
export const invalid_ranges: Sentences = [
  "are not sorted, disjoint integer ranges covering 0 to 4294967296 with one or more for each variant",
  "take `ranges` from `defineExperiment` or `reallocate`",
];
export const conflicting_keys: Sentences = [
  "contradicts `ranges`, which say already who gets what",
  "leave one of them out, or make the next version with `reallocate`",
];
export const invalid_unit_id: Sentences = ["is not an id", "pass non-empty text"];
export const too_deep: Sentences = [
  "nests more than 32 levels deep, or refers to itself through segments",
  "flatten it",
];
export const unknown_segment: Sentences = ["is not a named segment", "add it to `segments`"];
export const unknown_attribute: Sentences = [
  "is not one of the experiment's attributes",
  "declare it in `attributes`, or correct its spelling",
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
export const overlapping_rules: Sentences = [
  "can be met together with an earlier rule's condition",
  'exclude the earlier rule with `not`, or set `ruleOrder` to "first"',
];
export const undecided_rules: Sentences = [
  "could not be shown to exclude an earlier rule's condition",
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
export const missing_now: Sentences = ["is needed by a schedule", "pass `now`"];
export const prerequisite_cycle: Sentences = [
  "leads back to the experiment itself",
  "remove one of the prerequisites of the circle",
];
export const invalid_layer_ranges: Sentences = [
  "are not sorted, disjoint ranges of integers within 0 to 4294967296",
  "take them from `claimLayer`",
];
export const layer_overlap: Sentences = [
  "overlaps the points of another experiment in the same layer",
  "claim free points with `claimLayer`",
];
export const layer_full: Sentences = [
  "is more than the layer has free",
  "ask for less, or end an experiment of the layer",
];
export const mixed_units: Sentences = [
  "is not the unit of the others, so they cannot exclude each other",
  "give all experiments of a layer the same `unit`",
];
export const shared_salt: Sentences = [
  "is the salt of another experiment too, so both would split the same way",
  "give each experiment its own salt",
];
export const beyond_assign: Sentences = ["is beyond `assign`", "use `createAssigner`"];

export * from "./design-errors.js";

// random, linear
export const singular_matrix: Sentences = [
  "is a matrix that is not positive definite",
  "drop columns that repeat each other or never vary, or add a ridge",
];

// stats
export const insufficient_data: Sentences = [
  "fewer units than the estimator needs",
  "collect more units before asking for this estimate",
];
export const negative_variance: Sentences = [
  "is a negative sum of squares",
  "pass centred sums of squares, never Σx² − (Σx)²/n",
];
export const negative_count: Sentences = ["is not a count", "pass an integer of 0 or more"];
export const inconsistent_moments: Sentences = [
  "is larger than the two variances allow (Cauchy–Schwarz)",
  "check that all moments come from the same units",
];
export const mismatched_names: Sentences = [
  "names other values than the moments it meets",
  "pass moments of the same values in the same order",
];
export const wrong_length: Sentences = [
  "does not have the length expected here",
  "see the function's docstring for the shape",
];

// metrics, sql, engines
export const missing_relation: Sentences = [
  "names neither a file nor a table",
  "give `file` (CSV, CSV.gz, Parquet) or `table`",
];
export const missing_table: Sentences = [
  "the engine has no such table",
  "check the name, and the database that is open",
];
export const unsupported_file: Sentences = [
  "is not a file this can read",
  "pass .csv, .tsv, .txt (each also with .gz) or .parquet",
];
export const needs_duckdb: Sentences = [
  "is read by DuckDB only",
  "run `npm install @duckdb/node-api`, or pass a .csv or .csv.gz file",
];
export const unreadable_data: Sentences = [
  "cannot be read",
  "check that the file is whole and in UTF-8, and each row has all columns",
];
export const query_failed: Sentences = ["the engine refused the query", "see the engine's message"];
export const missing_peer: Sentences = [
  "needs a package that is not installed",
  "run `npm install @duckdb/node-api`",
];
export const missing_metric: Sentences = [
  "the data hold no such metric",
  "ask for a metric that the cells were made with, or make them again",
];
export const missing_dimension: Sentences = [
  "the data hold no such dimension",
  "ask for a dimension that the cells were made with, or make them again",
];
export const missing_column: Sentences = [
  "the data have no such column",
  "correct the column's name in the mapping",
];
export const single_variant: Sentences = [
  "the data hold units of one variant only, so there is nothing to compare",
  "check the variant column and its mapping",
];
export const empty_data: Sentences = [
  "the data hold no unit to analyze",
  "check the file, the mapping and what was left out",
];
export const not_a_number: Sentences = [
  "a numeric column holds text that is not a number",
  "correct the value, or leave it empty if it is missing",
];
export const not_a_time: Sentences = [
  "a time column holds a value that is not a time",
  "write times as ISO 8601, or as seconds, milliseconds or microseconds since 1970",
];
export const duplicate_unit: Sentences = [
  "a unit has several rows in a table that must have one row per unit",
  "aggregate the table to one row per unit, or map it as exposures and events",
];
export const not_binary: Sentences = [
  "a conversion's values must be 0 or 1",
  "map a column of 0/1 (or true/false), or declare the metric as mean or count",
];
export const negative_value: Sentences = [
  "a count's values cannot be negative",
  "correct the data, or declare the metric as mean",
];

// bandits
export const unknown_part: Sentences = [
  "names a part that was not passed",
  "pass the factory of this name among the parts, e.g. { thompson, bernoulli }",
];
export const unknown_action: Sentences = [
  "is not an action of this bandit",
  "use the key of one of its arms, or the action of a decision",
];
export const no_eligible_action: Sentences = [
  "leaves no action to choose from",
  "keep at least one live arm eligible, or serve the control without asking the bandit",
];
export const reward_unsupported: Sentences = [
  "is not a reward the model can learn",
  "pass a finite reward in the model's support, or choose another reward model",
];
export const taken_key: Sentences = [
  "is the key of an arm that this bandit has or had",
  "choose a key that was never used, so that old decisions keep their meaning",
];
export const removed_arm: Sentences = [
  "is the key of an arm that was removed for good",
  "add an arm under a new key",
];
export const unknown_decision: Sentences = [
  "is not the id of a decision the ledger knows",
  "record the decision before its rewards, and prune only what is long settled",
];
export const unknown_reward_kind: Sentences = [
  "is not a kind of reward that this ledger gathers",
  "name it among the ledger's `kinds`",
];
export const conflicting_decision: Sentences = [
  "is recorded with another action already",
  "decide an occasion once, or give each decision its own occasion",
];
export const no_quick_draw: Sentences = [
  "does not allow a decision by one posterior draw",
  "use decide, which works with every policy and constraint",
];
export const no_evidence_rule: Sentences = ["has no bound on its error", "use the rule `posterior`"];
export const stale_state: Sentences = [
  "is the hash of another state than the one given",
  "pass the state the decision was made with",
];
export const bandits_differ: Sentences = [
  "belongs to a bandit that is set up differently",
  "merge states of one bandit only: same definition version, arms, policy, model and constraints",
];

// analysis, report
export const no_metrics: Sentences = [
  "asks for no metric, so there is nothing to analyze",
  "declare metrics in the definition, or name some of its keys",
];
export const mixed_experiments: Sentences = [
  "is another experiment than the one the log is read for",
  "pass the decisions of one experiment, and its definition",
];
export const propensity_mismatch: Sentences = [
  "is not the entry of `probabilities` that belongs to the action",
  "log each decision as `decide` returned it",
];
export const missing_chart_packages: Sentences = [
  "the HTML report needs two packages that are not installed",
  "npm install @observablehq/plot linkedom",
];

// simulation, cli
export const unknown_command: Sentences = ["is not a command of essai", "see essai --help"];
export const unknown_option: Sentences = ["is not an option of this command", "see essai COMMAND --help"];
export const bad_arguments: Sentences = ["the command line cannot be read", "see essai COMMAND --help"];
export const missing_argument: Sentences = ["is needed here", "see essai COMMAND --help"];
export const missing_file: Sentences = ["there is no such file", "check the path and its spelling"];
export const unreadable_file: Sentences = [
  "the file cannot be read",
  "check that it is a file and that you may read it",
];
export const unwritable_file: Sentences = [
  "the file cannot be written",
  "check that its folder exists and that you may write there",
];
export const invalid_json: Sentences = ["the file is not JSON", "correct it where the message says"];
export const uneven_log: Sentences = [
  "is a log that did not play all arms alike, and without propensities a replay would favor the frequent ones",
  "give each row's propensity; where arms were drawn at random, an arm's share is its propensity",
];
