declare module "*/judge.mjs" {
  export function judge(
    results: unknown,
    row: import("./row.js").Row,
    figure: import("./row.js").Figure,
  ): { bar: string; held: boolean | null };
}

declare module "*/page.mjs" {
  export function learningPage(rows: readonly import("./row.js").Row[], results: unknown): string;
}

declare module "*/rows/index.mjs" {
  export const rows: readonly import("./row.js").Row[];
}

declare module "*/statistics.mjs" {
  type Statistic = (values: readonly number[]) => { value: number; error: number };
  export const statistics: { readonly mean: Statistic; readonly p90: Statistic };
}
