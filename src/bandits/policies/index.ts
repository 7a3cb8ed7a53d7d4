import { epsilonGreedy } from "./epsilon-greedy.js";
import { fixed } from "./fixed.js";
import { sharpened } from "./sharpened.js";
import { softmax } from "./softmax.js";
import { thompson } from "./thompson.js";
import { topTwo } from "./top-two.js";
import { ucb } from "./ucb.js";
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
