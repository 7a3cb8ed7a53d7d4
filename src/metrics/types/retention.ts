import { metricSettings } from "../settings/index.js";
import { conversion } from "./conversion.js";
import { metricType } from "./metric-type.js";

const { answersFor: _, ...answers } = conversion;

/** Whether a unit came back on a day, or in some days, since its first exposure: 1 or 0 per unit that had these days. */
export const retention = metricType({
  ...answers,
  words: {
    en: "Share of units that came back on a day, or in a range of days, since their first exposure; of those whose days are over.",
    fr: "Part des unités revenues un jour donné, ou dans un intervalle de jours, depuis leur première exposition ; parmi celles dont ces jours sont passés.",
  },
  settings: metricSettings.retention,
  missing: "too_recent_for",
  values({ days, ...source }) {
    const [first, last] = typeof days === "number" ? [days, days] : days;
    return [
      {
        name: "value",
        of: "any",
        source: { ...source, window: { from: first, to: last + 1 } },
        over: true,
        path: [],
      },
    ];
  },
});
