import { parentPort, workerData } from "node:worker_threads";
import { testsOf } from "../code-table.js";
import { searchSplit } from "../find-segments.js";
import type { Answer, Question, ThreadStart } from "./thread-messages.js";

const { attributes, codes }: ThreadStart = workerData;
const table = { attributes, codes, ...testsOf(attributes) };
parentPort?.on("message", ({ round, split, gone }: Question) => {
  const own = round.splits[split];
  const answer: Answer = own
    ? searchSplit({ evidence: { ...round, table }, limits: round.limits }, own, gone)
    : null;
  parentPort?.postMessage(answer);
});
