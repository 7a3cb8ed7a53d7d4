import type { Fields } from "../../shapes/index.js";
import { categoricalFields } from "./categorical-feature.js";
import { crossedFields } from "./crossed.js";
import { cyclicFields } from "./cyclic.js";
import type { encoders } from "./encoders.js";
import { hashedFields } from "./hashed.js";
import { numericFields } from "./numeric.js";
import { vectorFields } from "./vector.js";

/** What each kind of feature says, as data. */
export const featureFields = {
  numeric: numericFields,
  categorical: categoricalFields,
  cyclic: cyclicFields,
  hashed: hashedFields,
  vector: vectorFields,
  crossed: crossedFields,
} as const satisfies { readonly [K in keyof typeof encoders]: Fields };
