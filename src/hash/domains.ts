// One domain per use, so that the points drawn for different uses of the same salt and unit are independent.
// The numbers are part of the format "murmur3-1" and never change. Alone in a file: bundlers write them in place.

/** Domain: is the unit among the share enrolled? */
export const COVERAGE = 1;
/** Domain: which variant? */
export const VARIANT = 2;
/** Domain: where in the layer? */
export const LAYER = 3;
/** Domain: is the unit held out? */
export const HOLDOUT = 4;
/** Domain: is the unit held back from its rule? */
export const RULE = 5;
/** Domain: ids of exposures. */
export const EXPOSURE = 6;
/** Domain: which action does a bandit play? */
export const DECISION = 7;
