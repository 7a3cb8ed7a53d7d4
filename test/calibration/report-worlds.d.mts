import type { Definition, Report } from "../../src/analysis/index.js";
import type { RandomSource } from "../../src/random/index.js";

/** How often a report may say something: a share of reports, three Monte-Carlo errors allowed. */
export interface Statement {
  readonly say: (report: Report) => boolean;
  readonly atLeast?: number;
  readonly atMost?: number;
}
export interface ReportWorld {
  readonly key: string;
  readonly group: string;
  readonly replications?: number;
  readonly draw: (random: RandomSource) => {
    readonly experiment: Definition;
    readonly dimensions: readonly string[];
    readonly cells: object;
  };
  readonly statements: Readonly<Record<string, Statement>>;
}
export const reportWorlds: readonly ReportWorld[];
