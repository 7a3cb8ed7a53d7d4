/** The words of the policies of `essai/bandits`. */
export type PolicyName =
  | "fixed"
  | "uniform"
  | "thompson"
  | "topTwo"
  | "sharpened"
  | "ucb"
  | "epsilonGreedy"
  | "softmax";

/** Asks for a word that is known, in words that the compiler prints; a policy of your own is written `"mine" as string`. */
export type KnownPolicy<O extends string> = string extends O
  ? unknown
  : O extends PolicyName
    ? unknown
    : { readonly "a policy of essai, or text `as string`": PolicyName };
