/** What a metric's values are, for showing them: a share of units, or an amount. */
export type Quantity = "fraction" | "amount";
