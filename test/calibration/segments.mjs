// Planted segments: an interaction of three attributes among many, and worlds without any. How often a segment is named, how
// often by exactly the planted rule, and how often the interval of the effect inside holds the planted one.
// `npm run calibrate -- segments` prints all of them; with a file of the e-mail campaign (hillstrom.csv.gz) its known answers too.

export const segmentWorlds = [
  { key: "three of 200", units: 8000, attributes: 200, effect: 0.6, atLeast: 0.8 },
  { key: "none of 200", units: 8000, attributes: 200, effect: 0, atMost: 0.05 },
  { key: "three of 40", units: 8000, attributes: 40, effect: 0.6, atLeast: 0.8 },
  { key: "none of 40", units: 3000, attributes: 40, effect: 0, atMost: 0.05 },
];

const planted = ["a000", "a001", "a002"];

/** One run: a quarter of the attributes are numbers, the others 0 or 1; two units in five are treated. */
function run(world, seed, { discoverSegments, randomSource, sampleNormal }) {
  const random = randomSource(seed);
  const list = (draw) => Array.from({ length: world.units }, draw);
  const attributes = Object.fromEntries(
    Array.from({ length: world.attributes }, (_, j) => [
      `a${String(j).padStart(3, "0")}`,
      list(() => (j % 4 === 3 ? Math.round(100 * random.next()) : random.next() < 0.5 ? 1 : 0)),
    ]),
  );
  const treated = list(() => random.next() < 0.4);
  const outcome = treated.map((each, i) => {
    const hit = each && planted.every((name) => attributes[name][i] === 1);
    return sampleNormal(random) + 0.3 * attributes.a004[i] + (hit ? world.effect : 0);
  });
  const variant = treated.map((each) => (each ? "treatment" : "control"));
  return discoverSegments({ variant, outcome, attributes, control: "control", random }).treatments[0]
    .segments;
}

const isPlanted = ({ condition }) =>
  condition.all?.length === planted.length &&
  planted.every((name) => condition.all.some((each) => each.attribute === name && each.eq === 1));

/** Prints every world; how many miss their bar by more than three Monte-Carlo errors. */
export function printSegments({ seed, replications = 200, words, about }, essai) {
  console.log(about);
  let misses = 0;
  for (const world of segmentWorlds) {
    if (words.length > 0 && !words.some((word) => world.key.startsWith(word))) continue;
    let [named, exact, covered] = [0, 0, 0];
    for (let i = 0; i < replications; i++) {
      const segments = run(world, `${seed} ${world.key} ${i}`, essai);
      if (segments.length > 0) named++;
      const hit = segments.find(isPlanted);
      if (!hit) continue;
      exact++;
      const [low, high] = hit.inside.interval;
      if (low <= world.effect && world.effect <= high) covered++;
    }
    const share = named / replications;
    const bar = world.atLeast ?? world.atMost;
    const error = Math.sqrt((bar * (1 - bar)) / replications);
    const missed = world.atLeast !== undefined ? share < bar - 3 * error : share > bar + 3 * error;
    if (missed) misses++;
    const percent = (x) => `${(100 * x).toFixed(1)} %`;
    console.log(
      `${world.key}, ${world.units} units: named ${percent(share)} of ${replications} (${world.atLeast !== undefined ? "≥" : "≤"} ${percent(bar)}, Monte-Carlo error ${percent(error)})${
        exact > 0
          ? `; the planted rule ${percent(exact / replications)}, its interval right in ${percent(covered / exact)}`
          : ""
      }${missed ? "  MISSED" : ""}`,
    );
  }
  return misses;
}
