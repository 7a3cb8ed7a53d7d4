// Kills a process with −9 again and again that keeps a ledger on disk.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));
/** Steps that are delivered again after a crash. */
const AGAIN = 7;

/**
 * @param kills   how often
 * @param many    steps between two kills, on average
 * @param chance  numbers in [0, 1)
 * @returns what was learned through all kills, and by a process that lived, and after which steps was killed
 */
export async function killRounds({ kills, many, chance }) {
  const folder = mkdtempSync(join(tmpdir(), "essai-ledger-kills-"));
  const run = (name, from, to) => {
    const process_ = spawn(
      process.execPath,
      [child, join(folder, name), join(folder, `${name}.steps`), from, to].map(String),
    );
    let [out, err] = ["", ""];
    process_.stdout.on("data", (text) => (out += text));
    process_.stderr.on("data", (text) => (err += text));
    const over = new Promise((resolve) => process_.on("close", () => resolve({ out, err })));
    return { process_, over };
  };
  const finished = async ({ over }) => {
    const { out, err } = await over;
    if (err) throw new Error(err);
    return JSON.parse(out);
  };
  const steps = () => {
    try {
      const lines = readFileSync(join(folder, "killed.steps"), "utf8").split("\n");
      // The last one may be half written.
      return Number(lines.at(-2) ?? -1);
    } catch {
      return -1;
    }
  };
  const total = (kills + 1) * many;
  const at = [];
  try {
    const whole = finished(run("whole", 0, total));
    for (let round = 0; round < kills; round++) {
      const from = Math.max(0, steps() - AGAIN);
      const { process_, over } = run("killed", from, total);
      const until = steps() + 1 + Math.floor(2 * many * chance());
      for (let i = 0; i < 3_000 && steps() < Math.min(until, total - 1) && process_.exitCode === null; i++)
        await setTimeout(1);
      process_.kill("SIGKILL");
      const { err } = await over;
      if (err) throw new Error(err);
      at.push(steps());
    }
    const killed = await finished(run("killed", Math.max(0, steps() - AGAIN), total));
    return { killed, whole: await whole, at };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
