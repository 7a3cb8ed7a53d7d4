/** How the rows of a table say what was, or would have been, earned. */
export type RewardColumns =
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "rewards"; readonly rewards: readonly string[] }
  | {
      readonly kind: "logged";
      readonly arm: string;
      readonly reward: string;
      /** A column, or `"shares"`: each arm's share of the rows. */
      readonly propensity?: string;
    };

/** The columns that a way of saying rewards reads, each with the field of {@link RewardColumns} that names it. */
export function rewardColumnNames(columns: RewardColumns): readonly { name: string; field: string }[] {
  const { kind: _, ...named } = columns;
  return Object.entries<string | readonly string[]>(named).flatMap(([field, names]) =>
    (typeof names === "string" ? [names] : names)
      .filter((name) => !(field === "propensity" && name === "shares"))
      .map((name) => ({ name, field })),
  );
}
