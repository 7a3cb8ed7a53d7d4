import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineCatalogue, defineExperiment } from "../../../src/index.js";
import { top } from "../source-files.js";
import { exampleReport } from "./example-report.js";
import type { SampleCalls } from "./sample-call.js";

const json = (file: string) => JSON.parse(readFileSync(join(top, "docs/examples", file), "utf8"));
const cells = json("hillstrom/cells.json");
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const definition = () => defineExperiment({ key: "cta", unit: "userId", variants: { control: 0, b: 1 } });

export const schema: SampleCalls = {
  jsonSchema: () => ["report"],
  zodSchema: () => ["report"],
  parseBanditRounds: () => [
    [
      {
        decision: {
          id: "1",
          experiment: "cta",
          definitionVersion: 1,
          unitId: "u",
          occasion: "",
          at: "2026-01-01",
          action: { variant: "b" },
          propensity: 0.5,
          actions: ["control", "b"],
          context: null,
          policy: "thompson",
          stateHash: "",
        },
        reward: 1,
      },
    ],
  ],
  parseBanditState: () => [json("spring/state.json")],
  parseCatalogue: () => [plain(defineCatalogue({ experiments: [definition()] }))],
  parseCells: () => [{ ...cells, cells: cells.cells.slice(0, 2) }],
  parseDefinition: () => [plain(definition())],
  parseExperiment: () => [json("hillstrom/experiment.json")],
  parseExposure: () => [
    {
      id: "0",
      experiment: "cta",
      definitionVersion: 1,
      unitId: "u",
      variant: "b",
      at: "2026-01-01T00:00:00.000Z",
      propensity: 0.5,
      rule: "deals",
      heldBack: false,
      attributes: { channel: "email" },
    },
  ],
  parseReport: () => [plain(exampleReport)],
};
