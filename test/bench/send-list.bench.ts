import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import type { BenchRow } from "./harness.js";

const units = 1_000_000;
const rounds = 3;
/** Tells the CPU time of the process that it is loaded into. */
const watch =
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('@cpu' + (user + system)); });";

/** The send list of a million units, with an audience of one attribute: CPU time of the whole process, start included. */
export async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "essai-bench-"));
  try {
    const [file, experiment] = [join(folder, "units.csv"), join(folder, "offer.json")];
    const written = createWriteStream(file);
    written.write("userId,country,age\n");
    for (let i = 0; i < units; i += 1000) {
      const rows = Array.from(
        { length: 1000 },
        (_, j) => `user-${(i + j) * 7919},${(i + j) % 3 ? "FR" : "DE"},${18 + ((i + j) % 60)}\n`,
      );
      written.write(rows.join(""));
    }
    await finished(written.end());
    writeFileSync(
      experiment,
      JSON.stringify({
        ...{ key: "offer", unit: "userId", variants: { control: "Buy", b: "Try" } },
        audience: { attribute: "country", eq: "FR" },
      }),
    );
    const words = [resolve("dist/cli/main.js"), "assign", file, "--experiment", experiment];
    const spent = Array.from({ length: rounds }, () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--import", `data:text/javascript,${encodeURIComponent(watch)}`, ...words],
        { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" },
      );
      const cpu = /@cpu(\d+)/.exec(stderr)?.[1];
      if (status !== 0 || cpu === undefined) throw new Error(stderr);
      return Number(cpu) / 1e6;
    });
    return [
      {
        ...{ group: "command line", name: "essai assign of a million units", unit: "CPU-s", atMost: 3 },
        value: spent.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN,
        note: `CSV of 3 columns, an audience; median of ${rounds}, the start of the process included`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
