import type { ReportWorld } from "./report-worlds.mjs";

export const campaignWorlds: readonly ReportWorld[];
