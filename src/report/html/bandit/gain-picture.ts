import type { BanditView } from "../../view/bandit-view.js";
import { sentence } from "../../words/voice.js";
import type { Drawing } from "../drawing.js";
import { figure } from "../figure.js";
import { html, type Markup } from "../markup.js";

interface Point {
  readonly time: Date;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function draw({ plot, document }: Drawing, { run, voice }: BanditView, width: number) {
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
        tickFormat: (time: Date) => voice.timeTick(time),
      }),
      plot.axisY({
        ticks: 5,
        tickSize: 0,
        label: null,
        fill: "var(--soft)",
        tickFormat: (value: number) => voice.tick(value, "gain"),
      }),
    ],
  });
  return svg;
}

/** What was gained over uniform play so far, with its interval; where the truth is known, that beside it. */
export function gainPicture(drawing: Drawing, bandit: BanditView): Markup {
  const { run, voice, gainLine, knownLine } = bandit;
  const drawn = run.known !== undefined || run.periods.some(({ gain }) => gain.status === "ok");
  const about = voice.say("gain_about", { level: voice.share(run.level) });
  return html`<h3>${voice.say("gain_page")}</h3>
<p class="about">${about}${run.known ? ` ${voice.say("gain_truth")}` : ""}</p>
${drawn ? figure(gainLine, (width) => draw(drawing, bandit, width)) : ""}
<p>${sentence(gainLine)}${knownLine ? ` ${sentence(knownLine)}` : ""}</p>`;
}
