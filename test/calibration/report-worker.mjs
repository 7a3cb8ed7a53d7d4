// One thread of `npm run calibrate -- reports`: judges the worlds that it is sent, by their keys.
import { parentPort } from "node:worker_threads";
import { campaignWorlds } from "./campaign-worlds.mjs";
import { peerWorlds } from "./peer-worlds.mjs";
import { judgePeers } from "./peers.mjs";
import { reportWorlds } from "./report-worlds.mjs";
import { judgeReports } from "./reports.mjs";

const lists = {
  reports: [reportWorlds, judgeReports],
  campaign: [campaignWorlds, judgeReports],
  peers: [peerWorlds, judgePeers],
};

parentPort.on("message", async ({ list, at, seed, most }) => {
  const [worlds, judge] = lists[list];
  parentPort.postMessage(await judge(worlds[at], seed, most));
});
