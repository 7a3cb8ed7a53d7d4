import { duckdb } from "../../engines/duckdb/index.js";
import { ExperimentError, missing_argument } from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { simulateCampaign, writeCampaign } from "../../simulation/index.js";
import { type Command, text, wholeNumber } from "../command.js";
import { progressLine } from "../progress.js";

const { count } = voiceIn();

/** `essai simulate`: a campaign of known truth, as files. */
export const simulateCommand: Command = {
  usage: "--out DIR [--users N] [--days N] [--channels a,b,c] [--seed S]",
  examples: ["essai simulate --out campaign", "essai simulate --out campaign --users 1000000 --seed spring"],
  options: {
    out: { type: "string", value: "DIR", about: "where the files go" },
    users: { type: "string", value: "N", about: "users met; default 200000" },
    days: { type: "string", value: "N", about: "days of the campaign; default 14" },
    channels: { type: "string", value: "A,B", about: "default email,push,sms" },
    seed: { type: "string", value: "S", about: "same seed, same campaign; default 1" },
  },
  async run({ values }, io) {
    const out = text(values, "out");
    if (out === undefined) throw new ExperimentError({ missing_argument }, ["--out"], undefined);
    const [users, days] = [wholeNumber(values, "users"), wholeNumber(values, "days")];
    const channels = text(values, "channels")?.split(",");
    const seed = text(values, "seed") ?? "1";
    const campaign = simulateCampaign({
      seed,
      ...(users === undefined ? {} : { users }),
      ...(days === undefined ? {} : { days }),
      ...(channels ? { channels } : {}),
    });
    const engine = await duckdb();
    const progress = progressLine(io, "simulating");
    try {
      const files = await writeCampaign(campaign, out, engine, progress.update);
      progress.clear();
      io.out(
        `${[
          `A campaign with ${count(campaign.planted.users)} users, seed ${seed}:`,
          `  ${files.exposures}  ${count(files.exposureRows)} exposures`,
          `  ${files.events}  ${count(files.eventRows)} events`,
          `  ${files.experiment}  the definition, and how the files are read`,
          `  ${files.planted}  what was planted`,
          "Analyze it:",
          `  essai analyze --experiment ${files.experiment} --by channel,segment`,
        ].join("\n")}\n`,
      );
    } finally {
      progress.clear();
      await engine.close();
    }
    return 0;
  },
};
