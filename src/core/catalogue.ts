import type { Condition } from "./condition.js";
import type { Definition } from "./definition.js";

/** Units kept out of experiments altogether, so that what all of them do together can be measured. */
export interface Holdout {
  /** Names the holdout; its units are hashed with it. */
  readonly key: string;
  /** Share of units held out, in (0, 1). */
  readonly share: number;
  /** The unit held out; it binds the experiments with the same unit. */
  readonly unit: string;
  /** Only experiments of this layer; default all. */
  readonly layer?: string;
}

/** Many experiments that are assigned together, with what they share. Plain JSON. */
export interface Catalogue<D extends Definition<string, unknown> = Definition<string, unknown>> {
  readonly format?: "essai.catalogue/1";
  readonly experiments: readonly D[];
  /** Named conditions for all experiments; an experiment's own come first. */
  readonly segments?: { readonly [name: string]: Condition };
  readonly holdouts?: readonly Holdout[];
}
