// Peers doing what essai's benchmark does: one 50/50 experiment for users with country in {FR, BE} and age ≥ 18.
// Each entry: version, and a function from a user {userId, country, age} to the variant's name (undefined: not in it).
// Network, timers and logging are kept away; configuration is given in memory, as each peer's documentation shows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const folder = resolve("test/bench/peers");
const require = createRequire(resolve(folder, "package.json"));
const versionOf = (name) =>
  JSON.parse(readFileSync(resolve(folder, "node_modules", name, "package.json"), "utf8")).version;

function growthbook() {
  const { GrowthBookClient } = require("@growthbook/growthbook");
  const client = new GrowthBookClient({ disableCache: true }).initSync({
    payload: {
      features: {
        checkout: {
          defaultValue: "none",
          rules: [
            {
              key: "checkout",
              condition: { country: { $in: ["FR", "BE"] }, age: { $gte: 18 } },
              variations: ["control", "b"],
              weights: [0.5, 0.5],
              hashAttribute: "id",
              hashVersion: 2,
            },
          ],
        },
      },
    },
  });
  return ({ userId, country, age }) =>
    client.evalFeature("checkout", { attributes: { id: userId, country, age } }).experimentResult?.value;
}

function amplitude() {
  const { EvaluationEngine } = require("@amplitude/experiment-core");
  const engine = new EvaluationEngine();
  const flags = [
    {
      key: "checkout",
      variants: {
        control: { key: "control", value: "control" },
        b: { key: "b", value: "b" },
        off: { key: "off" },
      },
      segments: [
        {
          conditions: [
            [
              { selector: ["context", "user", "user_properties", "country"], op: "is", values: ["FR", "BE"] },
              {
                selector: ["context", "user", "user_properties", "age"],
                op: "greater or equal",
                values: ["18"],
              },
            ],
          ],
          bucket: {
            selector: ["context", "user", "user_id"],
            salt: "checkout",
            allocations: [
              {
                range: [0, 100],
                distributions: [
                  { variant: "control", range: [0, 21474837] },
                  { variant: "b", range: [21474837, 42949673] },
                ],
              },
            ],
          },
        },
        { variant: "off" },
      ],
    },
  ];
  return ({ userId, country, age }) =>
    engine.evaluate({ user: { user_id: userId, user_properties: { country, age } } }, flags).checkout?.value;
}

function eppo() {
  const { EppoClient, MemoryOnlyConfigurationStore, VariationType } = require("@eppo/js-client-sdk-common");
  const store = new MemoryOnlyConfigurationStore();
  store.setEntries({
    checkout: {
      key: "checkout",
      enabled: true,
      variationType: VariationType.STRING,
      variations: { control: { key: "control", value: "control" }, b: { key: "b", value: "b" } },
      totalShards: 10000,
      allocations: [
        {
          key: "in",
          rules: [
            {
              conditions: [
                { attribute: "country", operator: "ONE_OF", value: ["FR", "BE"] },
                { attribute: "age", operator: "GTE", value: 18 },
              ],
            },
          ],
          splits: [
            { variationKey: "control", shards: [{ salt: "checkout", ranges: [{ start: 0, end: 5000 }] }] },
            { variationKey: "b", shards: [{ salt: "checkout", ranges: [{ start: 5000, end: 10000 }] }] },
          ],
          doLog: false,
        },
      ],
    },
  });
  const client = new EppoClient({ flagConfigurationStore: store });
  client.setIsGracefulFailureMode(false);
  return ({ userId, country, age }) => {
    const value = client.getStringAssignment("checkout", userId, { country, age }, "");
    return value === "" ? undefined : value;
  };
}

function optimizely() {
  const {
    createInstance,
    createStaticProjectConfigManager,
    OptimizelyDecideOption,
  } = require("@optimizely/optimizely-sdk");
  const datafile = {
    version: "4",
    rollouts: [],
    typedAudiences: [
      {
        id: "a1",
        name: "adults",
        conditions: [
          "and",
          [
            "or",
            { type: "custom_attribute", name: "country", match: "exact", value: "FR" },
            { type: "custom_attribute", name: "country", match: "exact", value: "BE" },
          ],
          ["or", { type: "custom_attribute", name: "age", match: "ge", value: 18 }],
        ],
      },
    ],
    anonymizeIP: true,
    projectId: "1",
    variables: [],
    featureFlags: [{ id: "f1", key: "checkout", rolloutId: "", experimentIds: ["e1"], variables: [] }],
    experiments: [
      {
        id: "e1",
        key: "checkout",
        status: "Running",
        layerId: "l1",
        audienceIds: ["a1"],
        variations: [
          { id: "v1", key: "control", featureEnabled: true, variables: [] },
          { id: "v2", key: "b", featureEnabled: true, variables: [] },
        ],
        forcedVariations: {},
        trafficAllocation: [
          { entityId: "v1", endOfRange: 5000 },
          { entityId: "v2", endOfRange: 10000 },
        ],
      },
    ],
    audiences: [
      {
        id: "a1",
        name: "adults",
        conditions:
          '["or", {"match":"exact","name":"$opt_dummy_attribute","type":"custom_attribute","value":"x"}]',
      },
    ],
    groups: [],
    attributes: [
      { id: "1", key: "country" },
      { id: "2", key: "age" },
    ],
    botFiltering: false,
    accountId: "1",
    events: [],
    revision: "1",
  };
  const client = createInstance({
    projectConfigManager: createStaticProjectConfigManager({ datafile: JSON.stringify(datafile) }),
    defaultDecideOptions: [
      OptimizelyDecideOption.DISABLE_DECISION_EVENT,
      OptimizelyDecideOption.EXCLUDE_VARIABLES,
    ],
  });
  return ({ userId, country, age }) =>
    client.createUserContext(userId, { country, age }).decide("checkout").variationKey ?? undefined;
}

function unleash() {
  const { default: Client } = require(resolve(folder, "node_modules/unleash-client/lib/client.js"));
  const { defaultStrategies } = require(resolve(folder, "node_modules/unleash-client/lib/strategy/index.js"));
  const variants = ["control", "b"].map((name) => ({
    name,
    weight: 500,
    weightType: "variable",
    stickiness: "default",
  }));
  const toggle = {
    name: "checkout",
    enabled: true,
    type: "experiment",
    impressionData: false,
    strategies: [
      {
        name: "flexibleRollout",
        parameters: { groupId: "checkout", rollout: "100", stickiness: "userId" },
        constraints: [
          {
            contextName: "country",
            operator: "IN",
            values: ["FR", "BE"],
            inverted: false,
            caseInsensitive: false,
          },
          {
            contextName: "age",
            operator: "NUM_GTE",
            value: "18",
            values: [],
            inverted: false,
            caseInsensitive: false,
          },
        ],
        variants: variants.map((each) => ({ ...each, stickiness: "userId" })),
      },
    ],
    variants: [],
  };
  const repository = {
    getToggle: (name) => (name === "checkout" ? toggle : undefined),
    getSegment: () => undefined,
  };
  const client = new Client(repository, defaultStrategies, () => {});
  return ({ userId, country, age }) => {
    const variant = client.getVariant("checkout", { userId, properties: { country, age } });
    return variant.feature_enabled ? variant.name : undefined;
  };
}

const makers = {
  "@growthbook/growthbook": growthbook,
  "@optimizely/optimizely-sdk": optimizely,
  "unleash-client": unleash,
  "@eppo/js-client-sdk-common": eppo,
  "@amplitude/experiment-core": amplitude,
};

/** @returns the peers that are installed (`npm ci --prefix test/bench/peers`), each ready to assign */
export function peers() {
  return Object.entries(makers).flatMap(([name, make]) => {
    let version;
    try {
      version = versionOf(name);
    } catch {
      return [];
    }
    return [{ name, version, assign: make() }];
  });
}
