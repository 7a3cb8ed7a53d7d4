import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../stores/servers/free-port.mjs";

const server = fileURLToPath(new URL("../../docs/examples/service/server.mjs", import.meta.url));
const CONNECTIONS = 4;

interface Worker {
  readonly url: string;
  readonly process: ChildProcess;
  readonly over: Promise<{ readonly code: number | null; readonly said: string }>;
}

let folder: string;
const running: Worker[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "essai-service-"));
});
afterEach(async () => {
  for (const { process, over } of running.splice(0)) {
    process.kill("SIGKILL");
    await over;
  }
  rmSync(folder, { recursive: true });
});

async function start(name: string, port: number): Promise<Worker> {
  const data = join(folder, name);
  mkdirSync(data, { recursive: true });
  const env = { ...process.env, WORKER: name, DATA: data, STORE: join(folder, "store"), PORT: `${port}` };
  const child = spawn(process.execPath, [server], {
    env: { ...env, WINDOW_HOURS: "0.0005", EVERY: "100" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (bytes) => {
    said += bytes;
  });
  const over = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, said })),
  );
  const worker = { url: `http://127.0.0.1:${port}`, process: child, over };
  running.push(worker);
  for (;;) {
    if (child.exitCode !== null) throw new Error(said);
    if (
      await fetch(`${worker.url}/metrics`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return worker;
    await setTimeout(20);
  }
}

/** Decisions that wait, of the shards that these workers settle: all of them. */
const waiting = async (...workers: readonly Worker[]) => {
  const found = await Promise.all(workers.map(figures));
  const total = (name: string) => found.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  return [total("shards"), total("queued"), total("pending")];
};

async function figures({ url }: Worker): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => [/offers_(\w+)/.exec(line)?.[1] ?? "", Number(line.split(" ").at(-1))]),
  );
}

async function sent(url: string, body: unknown, method = "POST"): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers }),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

/** What workers had confirmed. */
const confirmed = { decisions: 0, rewards: 0 };
let users = 0;

/** Every connection asks for a decision, then rewards it. */
const load = (url: string, duration: number) =>
  autocannon({
    url,
    duration,
    connections: CONNECTIONS,
    overallRate: 400,
    timeout: 5,
    requests: [
      {
        method: "POST",
        path: "/decisions",
        headers: { "content-type": "application/json" },
        setupRequest(request, context) {
          Object.assign(context, { id: undefined });
          return { ...request, body: JSON.stringify({ userId: `user-${users++}`, occasion: "1" }) };
        },
        onResponse(status, body, context) {
          if (status !== 200) return;
          confirmed.decisions++;
          Object.assign(context, { id: JSON.parse(body).id });
        },
      },
      {
        method: "POST",
        path: "/rewards",
        headers: { "content-type": "application/json" },
        setupRequest(request, context) {
          const { id } = Object(context);
          const at = new Date().toISOString();
          return { ...request, body: JSON.stringify({ decisionId: id ?? "", id: "click", value: 1, at }) };
        },
        onResponse(status, body, context) {
          if (status === 200 && Object(context).id && JSON.parse(body).kept) confirmed.rewards++;
        },
      },
    ],
  });

test("two workers under load, one killed again and again, learn every decision and reward once", async () => {
  const [firstPort, secondPort] = [await freePort(), await freePort()];
  let first = await start("w1", firstPort);
  const second = await start("w2", secondPort);
  const loads = Promise.all([load(first.url, 4), load(second.url, 4)]);
  const KILLS = 2;
  for (let i = 0; i < KILLS; i++) {
    await setTimeout(1_000);
    first.process.kill("SIGKILL");
    await first.over;
    first = await start("w1", firstPort);
  }
  await loads;
  await expect.poll(() => waiting(first, second), { timeout: 30_000 }).toEqual([8, 0, 0]);
  // What happened after its window, as the machine was slow, is counted.
  const late = ((await figures(first)).late ?? 0) + ((await figures(second)).late ?? 0);
  for (const worker of [first, second]) worker.process.kill("SIGTERM");
  expect([(await first.over).code, (await second.over).code]).toEqual([0, 0]);
  const last = await start("w3", await freePort());
  const state = Object(await (await fetch(`${last.url}/state`)).json());
  const wins = state.sums.reduce((sum: number, [won]: number[]) => sum + (won ?? 0), 0);
  // What was on its way when the worker was killed may have arrived.
  const atMost = CONNECTIONS * (KILLS + 2);
  expect(confirmed.decisions).toBeGreaterThan(200);
  expect(state.rewards).toBeGreaterThanOrEqual(confirmed.decisions);
  expect(state.rewards - confirmed.decisions).toBeLessThanOrEqual(atMost);
  expect(wins + late).toBeGreaterThanOrEqual(confirmed.rewards);
  expect(wins - confirmed.rewards).toBeLessThanOrEqual(atMost);
}, 120_000);

test("it assigns, exposes once, refuses by code, and answers a retry with its first decision", async () => {
  const worker = await start("w1", await freePort());
  const { url } = worker;
  for (const _ of [1, 2]) expect((await fetch(`${url}/variants/cta/ann`)).status).toBe(200);
  const body = { userId: "ann", occasion: "1" };
  const decision = await sent(`${url}/decisions`, body);
  expect(await sent(`${url}/decisions`, body)).toEqual(decision);
  expect(await sent(`${url}/decisions`, { userId: "ann" })).toMatchObject({
    status: 400,
    path: ["occasion"],
  });
  const reward = { decisionId: decision.id, id: "click", value: 1, at: new Date().toISOString() };
  expect(await sent(`${url}/rewards`, reward)).toEqual({ status: 200, kept: true });
  expect(await sent(`${url}/rewards`, { ...reward, value: "1" })).toMatchObject({
    status: 400,
    path: ["value"],
  });
  expect(await sent(`${url}/rewards/${decision.id}/click`, undefined, "DELETE")).toMatchObject({
    withdrawn: true,
  });
  worker.process.kill("SIGHUP");
  await setTimeout(50);
  expect((await figures(worker)).failures).toBe(0);
  worker.process.kill("SIGTERM");
  expect(await worker.over).toEqual({ code: 0, said: "" });
  expect(
    readFileSync(join(folder, "w1", "exposures.jsonl"), "utf8")
      .trim()
      .split("\n"),
  ).toHaveLength(1);
});

test("a worker at the edge decides as the service does, from a snapshot, also while the service is away", async () => {
  const worker = await start("w1", await freePort());
  const { default: edge } = await import("../../docs/examples/service/edge.mjs");
  const request = new Request("http://edge.test/?userId=ann&occasion=1");
  const decide = async () => Object(await (await edge.fetch(request, { STATE_URL: worker.url })).json());
  const { id, action, propensity } = await decide();
  expect(await sent(`${worker.url}/decisions`, { userId: "ann", occasion: "1" })).toMatchObject({
    ...{ id, action, propensity },
  });
  worker.process.kill("SIGKILL");
  await worker.over;
  expect(await decide()).toMatchObject({ id, action, propensity });
});
