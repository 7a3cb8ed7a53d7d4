// Kills a sending process with −9 again and again, against a real server that is slow, busy or gone at times.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));

/**
 * @param kills   how often
 * @param many    exposures that a process sends if it is let live
 * @param chance  numbers in [0, 1)
 * @returns ids taken, ids that arrived, how often each arrived, and what the last process, which is let live, says
 */
export async function killRounds({ kills, many, chance }) {
  const folder = mkdtempSync(join(tmpdir(), "essai-kills-"));
  const arrived = new Map();
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("error", () => undefined);
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const mood = chance();
      if (mood < 0.15) return response.writeHead(503, { "retry-after": "0" }).end();
      if (mood < 0.2) return request.socket.destroy();
      for (const { id, unitId } of JSON.parse(Buffer.concat(chunks).toString())) {
        if (unitId !== `ünit-${id}`) throw new Error(`${id} arrived as ${unitId}`);
        arrived.set(id, (arrived.get(id) ?? 0) + 1);
      }
      await setTimeout(mood * 30);
      // Stored, and the answer is lost.
      if (mood < 0.3) return request.socket.destroy();
      response.end("stored");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/exposures`;
  const [spill, ledger] = [join(folder, "spill"), join(folder, "taken")];
  const start = (from, number) => {
    const process_ = spawn(process.execPath, [child, url, spill, ledger, from, number].map(String));
    let [out, err] = ["", ""];
    process_.stdout.on("data", (text) => (out += text));
    process_.stderr.on("data", (text) => (err += text));
    const over = new Promise((resolve) => process_.on("close", (_, signal) => resolve({ out, err, signal })));
    return { process_, over };
  };
  try {
    for (let round = 0; round < kills; round++) {
      const { process_, over } = start(round * many, many);
      // Anywhere from the first exposure to after the last, when the process waits for what is still on its way.
      const until = round * many + Math.floor(1.1 * many * chance());
      for (let i = 0; i < 2_000 && !reached(ledger, Math.min(until, round * many + many - 1)); i++)
        await setTimeout(3);
      await setTimeout(5 * chance());
      process_.kill("SIGKILL");
      const { err } = await over;
      if (err) throw new Error(err);
    }
    const { out, err } = await start(kills * many, 10).over;
    if (err) throw new Error(err);
    const taken = readFileSync(ledger, "utf8").trim().split("\n");
    return { taken, arrived, last: JSON.parse(out), left: readdirSync(spill) };
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the last id in the ledger is at least so much. */
function reached(ledger, id) {
  try {
    return Number(readFileSync(ledger, "utf8").trim().split("\n").at(-1)) >= id;
  } catch {
    return false;
  }
}
