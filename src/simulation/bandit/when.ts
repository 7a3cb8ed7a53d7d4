/**
 * For which arms and segments something holds: the level of a factor (`variant` in an experiment without factors), or
 * of the segments' field. Everything named must be met.
 */
export type When = Readonly<Record<string, string>>;
