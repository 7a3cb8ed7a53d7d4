import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExposureLog, createSender, memoryQueue } from "../../../src/exposures/index.js";
import { assign, defineExperiment } from "../../../src/index.js";
import type { SampleCalls } from "./sample-call.js";

const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Buy now" } });
const assignment = () => ({ ...assign(cta, { userId: "user-1" }), rule: "deals", heldBack: false });
const exposure = {
  id: "0",
  experiment: "cta",
  definitionVersion: 1,
  unitId: "user-1",
  variant: "b",
  at: "2026-01-01T00:00:00.000Z",
  propensity: 0.5,
};
const transport = () => Promise.resolve();
const write = () => undefined;
const clock = () => 0;

const tuning = {
  batchSize: 2,
  delay: 5,
  timeout: 50,
  retries: 1,
  backoff: 5,
  capacity: 9,
  onDrop: () => undefined,
  random: () => 0,
  setTimer: () => undefined,
};

export const exposures: SampleCalls = {
  createExposureLog: () => [{ write, clock, remember: 10, onError: () => undefined }],
  createSender: () => [{ transport, ...tuning, queue: memoryQueue(9) }],
  createPageSender: () => [{ url: "/exposures", fetch: transport, ...tuning, queue: memoryQueue(9) }],
  exposureId: () => ["cta", 1, "user-1", "b"],
  exposureOf: () => [assignment(), new Date(0), { channel: "email" }],
  memoryQueue: () => [9],
  postTo: () => ["https://example.test/exposures", transport],
  storedQueue: () => [{ capacity: 9, most: 9, key: "mine", storage: () => localStorage }],
  "ExposureLog.peek": () => [assignment()],
  "ExposureLog.expose": () => [assignment(), { channel: "email" }],
  "Sender.send": () => [exposure],
  "Sender.close": () => [5],
};

let folders = 0;
/** Each its own: a folder belongs to one queue at a time. */
const folder = () => join(tmpdir(), `essai-refusals-${process.pid}`, String(folders++));

export const exposuresNode: SampleCalls = {
  spillQueue: () => [
    folder(),
    { capacity: 9, maxBytes: 1_000_000, syncEvery: 1_000, onError: () => undefined },
  ],
};

export const exposureObjects = {
  ExposureLog: () => createExposureLog({ write, clock }),
  Sender: () => createSender({ transport, setTimer: () => undefined }),
};
