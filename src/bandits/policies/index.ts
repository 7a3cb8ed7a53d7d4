import type { Fields } from "../../shapes/index.js";
import { epsilonGreedy, epsilonGreedySettings } from "./epsilon-greedy.js";
import { fixed } from "./fixed.js";
import { noSettings } from "./no-settings.js";
import { sharpened, sharpenedSettings } from "./sharpened.js";
import { softmax, softmaxSettings } from "./softmax.js";
import { thompson } from "./thompson.js";
import { topTwo, topTwoSettings } from "./top-two.js";
import { ucb, ucbSettings } from "./ucb.js";
import { uniform } from "./uniform.js";

/** Every policy, by the word that a definition names it with. */
export const policies = {
  fixed,
  uniform,
  thompson,
  topTwo,
  sharpened,
  ucb,
  epsilonGreedy,
  softmax,
} as const;

/** The settings of every policy, as data. */
export const policySettings = {
  fixed: noSettings,
  uniform: noSettings,
  thompson: noSettings,
  topTwo: topTwoSettings,
  sharpened: sharpenedSettings,
  ucb: ucbSettings,
  epsilonGreedy: epsilonGreedySettings,
  softmax: softmaxSettings,
} as const satisfies { readonly [K in keyof typeof policies]: Fields };
