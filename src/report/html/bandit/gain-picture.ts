import type { BanditRun } from "../../../analysis/bandit-run/run.js";
import * as show from "../../../core/numbers.js";
import { gainLine, knownLine, sentence } from "../../bandit-view.js";
import { figure } from "../figure.js";
import type { Drawing } from "../forest.js";
import { html, type Markup } from "../markup.js";

interface Point {
  readonly time: Date;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function draw({ plot, document }: Drawing, run: BanditRun, width: number) {
  const start: Point = { time: new Date(run.periods[0]?.from as string), value: 0, low: 0, high: 0 };
  const estimated: Point[] = [start];
  const truth = [{ time: start.time, value: 0 }];
  for (const { to, gain, known } of run.periods) {
    const time = new Date(to);
    if (gain.status === "ok") {
      const [low, high] = gain.interval;
      estimated.push({ time, value: gain.value, low, high });
    }
    if (known) truth.push({ time, value: known.uniform - known.regret });
  }
  const narrow = width < 500;
  const amount = (value: number) =>
    `${value < 0 ? "−" : value > 0 ? "+" : ""}${Number(Math.abs(value).toPrecision(6)).toLocaleString("en-US")}`;
  const end = new Date(run.periods.at(-1)?.to as string);
  const svg = plot.plot({
    document,
    width,
    height: narrow ? 220 : 280,
    marginLeft: narrow ? 52 : 60,
    marginRight: 18,
    marginTop: 12,
    marginBottom: 42,
    style: { fontSize: "13px", overflow: "visible" },
    x: { type: "utc", label: null, domain: [start.time, end] },
    y: { label: null, nice: true },
    marks: [
      plot.gridY({ ticks: 5, stroke: "var(--line)", strokeOpacity: 1 }),
      plot.areaY(estimated, { x: "time", y1: "low", y2: "high", fill: "var(--arm-1)", fillOpacity: 0.2 }),
      plot.ruleY([0], { stroke: "var(--soft)", strokeWidth: 1.5 }),
      plot.lineY(estimated, { x: "time", y: "value", stroke: "var(--arm-1)", strokeWidth: 3 }),
      ...(truth.length > 1
        ? [
            plot.lineY(truth, {
              x: "time",
              y: "value",
              stroke: "var(--ink)",
              strokeWidth: 2,
              strokeDasharray: "6 5",
            }),
          ]
        : []),
      plot.axisX({
        ticks: narrow ? 4 : 8,
        tickSize: 4,
        label: null,
        fill: "var(--soft)",
        stroke: "var(--line)",
      }),
      plot.axisY({ ticks: 5, tickSize: 0, label: null, fill: "var(--soft)", tickFormat: amount }),
    ],
  });
  return svg;
}

/** What was gained over uniform play so far, with its interval; where the truth is known, that beside it. */
export function gainPicture(drawing: Drawing, run: BanditRun): Markup {
  const drawn = run.known !== undefined || run.periods.some(({ gain }) => gain.status === "ok");
  const truth = knownLine(run);
  const told = sentence(gainLine(run));
  return html`<h3>Gained over uniform play</h3>
<p class="about">Expected reward beyond what playing all arms alike would have brought, summed up. Doubly robust: estimated from the recorded probabilities, whatever drifts; the band is the ${show.share(run.level)} interval.${run.known ? " The broken line is the truth, known because this run is simulated." : ""}</p>
${drawn ? figure(gainLine(run), (width) => draw(drawing, run, width)) : ""}
<p>${told}${truth ? ` ${sentence(truth)}` : ""}</p>`;
}
