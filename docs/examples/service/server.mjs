// A service that assigns, decides, learns and records who saw what. Each worker is one process:
//   WORKER=w1 DATA=/var/lib/offers/w1 STORE=/var/lib/offers/store PORT=3001 node server.mjs
// Rewards go to any worker. SIGHUP reads the catalogue again, SIGTERM ends it.
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createLiveAssigner, defineExperiment } from "essai";
import { createExposureLog, createSender } from "essai/exposures";
import { spillQueue } from "essai/exposures/node";
import { fileStore } from "essai/stores/file";
import Fastify from "fastify";
import { startLearning } from "./learning.mjs";

const { WORKER = "w1", DATA = "data", STORE = join(DATA, "store"), PORT = "3000" } = process.env;
const { WINDOW_HOURS = "24", EVERY = "1000" } = process.env;
const here = (name) => new URL(name, import.meta.url);
const read = async (name) => JSON.parse(await readFile(here(name), "utf8"));
const app = Fastify();
const failed = (error) => console.error(String(error?.message ?? error));

// Between machines: postgresStore(new Pool(…)) or redisStore(client) instead.
const offers = startLearning({
  definition: defineExperiment(await read("offers.json")),
  store: fileStore(STORE),
  folder: DATA,
  name: WORKER,
  windowHours: Number(WINDOW_HOURS),
  now: Date.now,
  onError: failed,
});
await offers.tick();

const live = createLiveAssigner(await read("catalogue.json"));
async function reload() {
  try {
    live.load(await read("catalogue.json"));
  } catch (error) {
    failed(error); // the old one stays
  }
}

const sender = createSender({
  // A receiver elsewhere: postTo(url).
  transport: (batch) =>
    appendFile(join(DATA, "exposures.jsonl"), batch.map((each) => `${JSON.stringify(each)}\n`).join("")),
  queue: spillQueue(join(DATA, "exposures")),
});
const log = createExposureLog({ write: sender.send, clock: Date.now, onError: failed });

// What a caller got wrong is told with its code and place.
app.setErrorHandler((error, _request, reply) => {
  const { code, path, message } = error;
  if (path) return reply.status(code === "ledger_full" ? 503 : 400).send({ code, path, message });
  return reply.status(error.statusCode ?? 500).send({ message });
});

app.get("/variants/:experiment/:userId", ({ params }) => {
  const assignment = live.assign(params.experiment, { userId: params.userId });
  return { variant: assignment.variant, payload: log.expose(assignment) };
});

app.post("/decisions", ({ body }) => {
  const { id, action, propensity, payload } = offers.decide(body?.userId, body?.occasion);
  return { id, action, propensity, payload };
});

app.post("/rewards", ({ body }) => {
  offers.reward(body);
  return { kept: true };
});
app.delete("/rewards/:decisionId/:id", ({ params }) => {
  offers.withdraw(params.decisionId, params.id);
  return { withdrawn: true };
});

/** For workers at the edge, which decide from it. */
app.get("/state", () => offers.bandit);

app.get("/metrics", (_request, reply) => {
  const figures = {
    ...offers.stats(),
    exposures_queued: sender.stats().queued,
    exposures_sent: sender.stats().sent,
  };
  reply.type("text/plain");
  return Object.entries(figures)
    .map(([name, value]) => `offers_${name}{worker="${WORKER}"} ${value}\n`)
    .join("");
});

const ticking = setInterval(offers.tick, Number(EVERY));
process.on("SIGHUP", reload);
process.once("SIGTERM", async () => {
  clearInterval(ticking);
  await app.close(); // answers what was asked, and takes nothing more
  await sender.close(5_000);
  await offers.close();
});
await app.listen({ host: "127.0.0.1", port: Number(PORT) });
