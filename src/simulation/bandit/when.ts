/**
 * For which arms and segments something holds: the level of a factor (`variant` in an experiment without factors), or
 * of the segments' field. Everything named must be met.
 */
export type When = Readonly<Record<string, string>>;

/** What it may be; which names and levels there are, the arms and segments say. */
export const whenShape = { kind: "map", of: { kind: "text", empty: true } } as const;
