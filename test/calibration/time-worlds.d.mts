import type { ReportWorld } from "./report-worlds.mjs";

export const timeWorlds: readonly ReportWorld[];
