import type { Fields } from "../../shapes/index.js";
import { caps, capsSettings } from "./caps.js";
import { controlShare, controlShareSettings } from "./control-share.js";
import { floor, floorSettings } from "./floor.js";
import { mixture, mixtureSettings } from "./mixture.js";

/** Every constraint, by name. */
export const constraints = { floor, controlShare, caps, mixture } as const;

/** The settings of every constraint, as data. */
export const constraintSettings = {
  floor: floorSettings,
  controlShare: controlShareSettings,
  caps: capsSettings,
  mixture: mixtureSettings,
} as const satisfies { readonly [K in keyof typeof constraints]: Fields };
