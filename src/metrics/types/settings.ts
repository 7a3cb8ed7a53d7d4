/** What a metric's setting may hold, as plain data: its zod schema and its TypeScript type derive from it. */
export type Setting = { readonly optional?: true } & (
  | { readonly kind: "name" }
  | { readonly kind: "choice"; readonly of: readonly [string, ...string[]] }
  | { readonly kind: "group"; readonly settings: Settings }
);

/** Settings of a metric type, by name. */
export interface Settings {
  readonly [name: string]: Setting;
}

type ValueOf<S extends Setting> = S extends {
  readonly kind: "group";
  readonly settings: infer G extends Settings;
}
  ? SettingsOf<G>
  : S extends { readonly kind: "choice"; readonly of: readonly (infer Choice)[] }
    ? Choice
    : string;

/** The type of what is written where such settings are declared. */
export type SettingsOf<S extends Settings> = {
  readonly [K in keyof S as S[K] extends { readonly optional: true } ? K : never]?: ValueOf<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends { readonly optional: true } ? never : K]: ValueOf<S[K]>;
};
