import { rows as bestArm } from "./best-arm.mjs";
import { rows as contextual } from "./contextual.mjs";
import { rows as gain } from "./gain.mjs";
import { rows as history } from "./history.mjs";
import { rows as marketing } from "./marketing.mjs";
import { rows as propensities } from "./propensities.mjs";
import { rows as regret } from "./regret.mjs";
import { rows as replay } from "./replay.mjs";
import { rows as samplers } from "./samplers.mjs";

/** Every row of docs/learning.md, in its order. */
export const rows = [
  ...regret,
  ...bestArm,
  ...history,
  ...marketing,
  ...contextual,
  ...replay,
  ...propensities,
  ...gain,
  ...samplers,
];
