import {
  type BanditState,
  type ContextFeature,
  createBandit,
  type PartFactory,
  type Policy,
  policies,
  type RewardModel,
  rewardModels,
} from "../../bandits/index.js";
import { modelSettings as settingsOfModels } from "../../bandits/models/index.js";
import { partOf } from "../../bandits/state/index.js";
import type { Json } from "../../core/json.js";
import { defineExperiment } from "../../definition/index.js";
import { ExperimentError, nearName, unknown_name, unread_columns, within } from "../../errors/index.js";
import type { TableSegments } from "./table-segments.js";

/** What a replayed bandit is made of. */
export interface ReplayBanditOptions {
  readonly arms: readonly string[];
  /** What the arms are called together, for keys that would not do by themselves. */
  readonly column: string;
  readonly policy: string;
  readonly policySettings: Json | undefined;
  readonly model: string | undefined;
  readonly modelSettings: { readonly [key: string]: Json } | undefined;
  /** What the table says besides; a model that does not read it refuses. */
  readonly features: readonly ContextFeature[] | undefined;
  readonly segments: TableSegments | undefined;
  /** Whether every reward lies in [0, 1]. */
  readonly shares: boolean;
}

/** Default models, by what there is to read. */
function defaultModel({ features, segments, shares }: ReplayBanditOptions): string {
  if (features) return "linear";
  if (segments) return "hierarchical";
  return shares ? "bernoulli" : "normal";
}

function member<T>(family: Readonly<Record<string, T>>, name: string, field: string): T {
  const found = Object.hasOwn(family, name) ? family[name] : undefined;
  if (found !== undefined) return found;
  throw new ExperimentError({ unknown_name }, [field], name, nearName(name, Object.keys(family)));
}

function modelOf(options: ReplayBanditOptions): RewardModel {
  const { model: name = defaultModel(options), modelSettings, features, segments } = options;
  const factory: PartFactory<RewardModel> = member(rewardModels, name, "model");
  const fromTable = { ...(features ? { features } : {}), ...(segments ? { segments } : {}) };
  const readers = (field: string) =>
    Object.entries(settingsOfModels).flatMap(([model, fields]) =>
      Object.hasOwn(fields, field) ? model : [],
    );
  for (const field of Object.keys(fromTable)) {
    const known = readers(field);
    if (!known.includes(name)) throw new ExperimentError({ unread_columns }, [field], name, { known });
  }
  return within(["modelSettings"], () => partOf(factory, { ...fromTable, ...modelSettings }));
}

/**
 * Makes the bandit that a table is replayed with.
 * @returns the bandit, and how an arm's key is made of its name in the table
 * @throws ExperimentError `unknown_name` at ["policy"], ["model"]; `unread_columns` at ["features"] or ["segments"] where the
 *         model does not read them; what is wrong with settings, within ["policySettings"] or ["modelSettings"]
 */
export function replayBandit(options: ReplayBanditOptions): {
  bandit: BanditState;
  keyOf: (arm: string) => string;
} {
  const { arms, column, policy, policySettings } = options;
  const [first = ""] = arms;
  const factory: PartFactory<Policy> = member(policies, policy, "policy");
  const made = within(["policySettings"], () => partOf(factory, policySettings));
  const model = modelOf(options);
  const make = (keyOf: (arm: string) => string) => {
    const variants = Object.fromEntries(arms.map((arm) => [keyOf(arm), null]));
    const definition = defineExperiment({
      key: "replay",
      unit: "row",
      control: keyOf(first),
      variants,
      policy,
    });
    return { bandit: createBandit(definition, { [policy]: () => made }, { model }), keyOf };
  };
  try {
    return make((arm) => arm);
  } catch (error) {
    // Numbers, and names that JavaScript objects have, are no keys by themselves.
    const keys = ["integer_like_key", "invalid_key"];
    if (!(error instanceof ExperimentError && keys.includes(error.code))) throw error;
    return make((arm) => `${column}=${arm}`);
  }
}
