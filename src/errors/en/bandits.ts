import type { Sentences } from "../parameters.js";
import { choice, short } from "./phrases.js";

export const unknown_part: Sentences = (told) => [
  "is not among the parts passed in",
  choice(told, "correct its name, or pass its factory too"),
];
export const not_a_part: Sentences = [
  "is not a part of this kind",
  "pass what a factory returns: bernoulli(), not bernoulli",
];
export const not_a_bandit: Sentences = [
  "is not a live bandit",
  "pass what createBandit or restoreBandit returned",
];
export const unknown_action: Sentences = (told) => [
  "is not an action of this bandit",
  choice(told, "use the key of an arm, or the action of a decision"),
];
export const needs_gates: Sentences = ["are needed for this", "pass gatesOf(definition)"];
export const other_definition: Sentences = ({ other = "offers 1" }) => [
  `are the gates of another definition than the bandit's, ${other}`,
  "make both from one definition, or carry the bandit over to it with migrateBandit",
];
export const not_decided: Sentences = ["is not what this bandit decided", "pass its own decisions"];
export const no_eligible_action: Sentences = [
  "leaves no action to choose from",
  "keep a live arm eligible, or serve the control without asking",
];
export const constraints_clash: Sentences = ({
  expected: { atMost = 0.2 } = {},
  other = 0.3,
  known = ["caps", "floor"],
}) => [
  `cannot all hold (${known.join(", ")}): together they demand at least ${short(other)} of the traffic and allow at most ${short(atMost)}`,
  "loosen one of them, or change which actions are eligible",
];
export const reward_unsupported: Sentences = [
  "is not a reward the model can learn",
  "pass a finite reward in the model's support, or choose another reward model",
];
export const taken_key: Sentences = [
  "is the key of an arm that this bandit has or had",
  "choose a key that was never used, so that old decisions keep their meaning",
];
export const taken_action: Sentences = ({ other = "b" }) => [
  `is what the arm ${JSON.stringify(other)} plays already`,
  "give the arm a level that it does not share with that one, or resume that one",
];
export const removed_arm: Sentences = [
  "is the key of an arm that was removed for good",
  "add an arm under a new key",
];
export const unread_columns: Sentences = (told) => [
  "are columns that this model does not read",
  choice(told, "choose a model that reads them"),
];
export const unknown_decision: Sentences = ({ expected: { atMost = 100_000 } = {} }) => [
  `is not the id of a decision the ledger knows, and ${atMost} rewards wait for theirs already`,
  "record decisions first, prune what is long settled, or raise `mostEarly`",
];
export const rewards_overflow: Sentences = [
  "and the decision's other rewards of this kind add up to more than can be summed",
  "check the unit of the value, or combine this kind by `max` or `last`",
];
export const async_learner: Sentences = [
  "must have learned when it returns: whether a promise will be kept is not known yet",
  "learn at once, e.g. by update, and save what settle returns",
];
export const other_ledger: Sentences = ({ other = 48 }) => [
  `is not what this ledger was kept with, ${JSON.stringify(other)}`,
  "open it with the window, kinds or shards that it has, or begin another in a place of its own",
];
export const ledger_closed: Sentences = ["is closed", "open its folder again"];
export const ledger_busy: Sentences = [
  "is settling: what comes in now would be lost",
  "record decisions and rewards, and settle again, after settle has returned",
];
export const unknown_reward_kind: Sentences = (told) => [
  "is not a kind of reward that this ledger gathers",
  choice(told, "name it among the ledger's `kinds`"),
];
export const conflicting_decision: Sentences = [
  "is recorded with another action already",
  "keep the first decision and give it to decideOnce, or give each decision its own occasion",
];
export const no_quick_draw: Sentences = [
  "does not allow a decision by one posterior draw",
  "use decide, which works with every policy and constraint",
];
export const no_evidence_rule: Sentences = ["has no bound on its error", "use the rule `posterior`"];
export const no_robust_model: Sentences = (told) => [
  "is a reward model that none of the robust ones doubts",
  choice(told, "leave out `vague`, so that all of the history applies"),
];
export const stale_state: Sentences = [
  "is the hash of another state than the one given",
  "pass the state the decision was made with",
];
export const bandits_differ: Sentences = [
  "belongs to another bandit",
  "join states of one experiment only, with the same arms in the same order",
];
export const shared_history: Sentences = ({ known = ["east"] }) => [
  known.join() === ""
    ? "learned under no name, like the other state, so that both may hold the same rewards"
    : `holds what the other holds too, of ${known.map((name) => JSON.stringify(name)).join(", ")}`,
  "let each process learn under a name of its own (withSource), and hand on deltas (takeDelta)",
];
export const taken_source: Sentences = [
  "is a name under which this state has learned before",
  "take a name that was never used, or go on from the state that has it",
];
export const no_source: Sentences = ["learns under no name", "give it one by withSource before it learns"];
export const missing_delta: Sentences = ({ other = "east", expected: { atMost = 1 } = {} }) => [
  `comes before its turn: the next one of ${JSON.stringify(other)} is ${atMost}`,
  "merge the deltas of a source in their order, and this one again after those that are missing",
];
export const conflicting_delta: Sentences = ({ other = "east" }) => [
  `was merged already with other sums, of ${JSON.stringify(other)}`,
  "let a process that starts anew learn under a new name, or go on from its last saved state",
];
export const other_model: Sentences = ({ other = "bernoulli" }) => [
  `sums other numbers than the reward model ${JSON.stringify(other)} that learned them`,
  "keep the model and its features, or begin a new bandit",
];
export const needs_migration: Sentences = [
  "is not what the state was made with",
  "restore the state alone, and give both to migrateBandit",
];
export const other_occasion: Sentences = ({ other = "x:2:u1:monday" }) => [
  `is the decision of another occasion than ${JSON.stringify(other)}`,
  "look decisions up by decisionIdOf(state, request)",
];
export const no_arrivals: Sentences = [
  "is 0 throughout, so no unit would ever come",
  "make at least one of these weights positive",
];
export const store_unavailable: Sentences = [
  "did not do what it was asked",
  "check that it runs and may be reached; what was learned meanwhile waits, and is merged once it answers",
];
export const store_fell_back: Sentences = ({ other = "east", received, expected: { length = 1 } = {} }) => [
  `came back without ${length} records of ${JSON.stringify(other)} that it had confirmed, of which ${received ?? 0} are given again`,
  "let it keep more, by persistence or newer backups: the others are not held here any more",
];
export const stale_configuration: Sentences = ({ other = 2 }) => [
  `is not the version of the configuration that holds, which is ${other}`,
  "read the configuration again, and change that one",
];
export const arms_ahead: Sentences = (told) => [
  `is an arm of the shared bandit that this process does not know${told.known ? `: it knows ${told.known.join(", ")}` : ""}`,
  "start it with the newer definition; until then it decides from what it read before, and keeps what it learns",
];
export const ledger_full: Sentences = ({ expected: { atMost = 1_000_000 } = {} }) => [
  `does not fit in: ${atMost} decisions and rewards wait for the store already`,
  "see that the store answers, or raise `mostWaiting`; deliver what was refused again later",
];
export const share_closed: Sentences = ["is closed", "share the bandit again to go on learning"];
