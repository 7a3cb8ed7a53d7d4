import type { Fields } from "../../../shapes/index.js";
import type { ArmLaw } from "../laws/arm-law.js";

/** A member of the family: what is believed about an arm's value, as parameters. */
export interface ArmModel<P> {
  /** The parameters' keys and ranges. */
  readonly fields: Fields;
  law(parameters: P): ArmLaw;
}

export const aboveZero = { kind: "number", above: 0 } as const;
