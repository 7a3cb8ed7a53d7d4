import type { Fields } from "../../shapes/index.js";
import { net, netSettings } from "./net.js";

/** Every objective, by name. */
export const objectives = { net } as const;

/** The settings of every objective, as data. */
export const objectiveSettings = { net: netSettings } as const satisfies {
  readonly [K in keyof typeof objectives]: Fields;
};
