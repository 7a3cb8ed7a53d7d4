import type { Check, Evidence, Finding, LevelTest } from "../../../analysis/index.js";
import { armName } from "../arm-name.js";
import { beliefSaid } from "../belief-said.js";
import { factorsSentence } from "../factor-words.js";
import { ignoresSentence } from "../ignoring-words.js";
import type { FindingSentences, Voice } from "../language.js";
import { overTimeSentence } from "../over-time-words.js";
import { reasonsSentence } from "../reason-words.js";
import { toldInterval } from "../standing.js";
import { trendSentence } from "../trend-words.js";
import { sentence } from "../voice.js";
import { french } from "./typography.js";

type Between = Finding<"between">["evidence"];

function where({ rule, dimension, level = "", failing = 0, definitionVersion }: Check): string {
  if (dimension !== undefined)
    return french`au sein de ${dimension} ${level}${failing > 1 ? french` et de ${String(failing - 1)} autres de ses niveaux` : ""}`;
  if (rule !== undefined) return french`de la règle ${rule}`;
  return definitionVersion === null
    ? "sur toutes les versions"
    : french`dans la version ${definitionVersion}`;
}

/** `18,28 % contre 10,62 % (écart relatif +72 %, de +57 % à +88 % ; p = 0,001 après correction)`. */
function numbers(evidence: Evidence, voice: Voice): string {
  const { difference, lift, values, quantity } = evidence;
  if (difference.status !== "ok") return "";
  const [control = "", treatment = ""] = values.map((value, at) =>
    value === null ? "?" : voice.level(value, quantity, values[1 - at] ?? value),
  );
  const lifted =
    lift.status === "ok"
      ? french`écart relatif ${voice.lift(lift.value, toldInterval(evidence, lift))}, ${voice.liftInterval(toldInterval(evidence, lift))} ; `
      : "";
  const shown = difference.belief
    ? beliefSaid(difference.belief, evidence.contrast, voice)
    : french`${voice.p(difference.pAdjusted ?? difference.pValue)} après correction`;
  return french`${treatment} contre ${control} (${lifted}${shown})`;
}

function comparison(evidence: Evidence, voice: Voice): string {
  const { metric, contrast, outcome, difference } = evidence;
  const [control, treatment] = contrast;
  if (difference.status !== "ok")
    return french`${metric}, ${voice.contrast(contrast)} : pas d’estimation, ${voice.words.reason(difference.reason)}.`;
  const told = {
    better: french`${treatment} fait mieux que ${control}`,
    worse: french`${treatment} fait moins bien que ${control}`,
    held: french`${treatment} reste dans la marge face à ${control}`,
    tolerated: french`${treatment} fait moins bien que ${control}, dans la marge`,
    negligible: french`aucun effet qui vaille la peine ne reste possible entre ${treatment} et ${control}`,
    futile: french`le gain de ${treatment} sur ${control} est si peu visible que le plan l’abandonne`,
    unclear: french`aucune différence établie entre ${treatment} et ${control}`,
    undefined: french`${treatment} n’a pas d’écart relatif à ${control} à confronter à la marge`,
  }[outcome];
  return french`${metric} : ${told}, ${numbers(evidence, voice)}.`;
}

/** ` (χ² 12,3 à 4 ddl, p = 0,015 après correction, I² 67,5 %)`. */
function tested(test: LevelTest, voice: Voice): string {
  if (test.status !== "ok") return "";
  const { statistic, df, pAdjusted, iSquared } = test;
  return french` (χ² ${voice.statistic(statistic)} à ${df} ddl, ${voice.p(pAdjusted)} après correction, I² ${voice.share(iSquared)})`;
}

/** Who was met in several levels, and what that means for comparing them. */
function metRepeatedly(repeated: Between["repeated"], voice: Voice): string {
  if (!repeated) return "";
  const { units, share, counted } = repeated;
  const line = voice.say(`levels_repeated_${counted}`, {
    units: voice.count(units),
    share: voice.share(share),
  });
  return ` ${sentence(line)}`;
}

/** On which scales the effect differs between levels, and what explains it. */
function differing(evidence: Between, voice: Voice): string {
  const { dimension, metric, quantity, contrast, differs, difference, lift, baselines } = evidence;
  const own = quantity === "fraction" ? "en points" : "en montant";
  const about = french`${dimension} : l’effet de ${voice.contrast(contrast)} sur ${metric} diffère d’un niveau à l’autre`;
  const points = french`${own}${tested(difference, voice)}`;
  const lifts = french`en relatif${tested(lift, voice)}`;
  if (differs === "both") return french`${about}, ${points} et ${lifts}.`;
  const [shown, other, untested] =
    differs === "difference" ? [points, lifts, lift] : [lifts, points, difference];
  if (untested.status !== "ok")
    return french`${about} ${shown} ; pas de test ${differs === "difference" ? "en relatif" : own} : ${voice.words.reason(untested.reason)}.`;
  const told = french`${about} ${shown}, mais aucune différence n’est établie ${other}`;
  if (!baselines) return french`${told}.`;
  const { lowest, highest } = baselines;
  const [from = "", to = ""] = [lowest, highest].map(({ value }) =>
    voice.level(value, quantity, highest.value - lowest.value),
  );
  const why =
    differs === "difference"
      ? french`un même écart relatif y vaut plus ${own} quand le point de départ est plus haut`
      : french`un même écart ${own} y pèse plus en relatif quand le point de départ est plus bas`;
  return french`${told} : les points de départ diffèrent (${from} pour ${lowest.level}, ${to} pour ${highest.level}), et ${why}.`;
}

/** The sentence of each kind of finding, in French. */
export const findings: FindingSentences = {
  srm(check, voice) {
    if (check.status === "undefined")
      return french`La répartition des unités n’a pas pu être vérifiée ${where(check)} : ${voice.words.reason(check.reason)}.`;
    const seen = check.observed.map(
      (units, at) =>
        french`${check.variants[at] ?? ""} ${voice.count(units)} pour ${voice.count(check.expected[at] ?? 0)}`,
    );
    const p = voice.p(check.pValue);
    const tested = !check.sequential
      ? french`χ² ${voice.statistic(check.statistic)}, ${p}`
      : voice.say("at_every_look", { p });
    return french`Les unités ne sont pas arrivées dans la répartition prévue ${where(check)} (${seen.join(", ")} ; ${tested}) : ne lisez pas les résultats.`;
  },
  adaptive: ({ policies }) =>
    french`Les variantes ont été attribuées par une politique qui apprend (${policies.join(", ")}) : les comparaisons simples sont biaisées, aucune valeur p ni aucun intervalle n’est donné.`,
  versions: ({ versions }) =>
    french`Les versions ${versions.join(", ")} de la définition ont été analysées séparément, puis moyennées selon leur part des unités.`,
  macro: comparison,
  guardrail: comparison,
  reasons: reasonsSentence,
  factors: factorsSentence,
  ignores: ignoresSentence,
  over_time: overTimeSentence,
  trend: trendSentence,
  rule(evidence, voice) {
    const { rule, metric, outcome, difference } = evidence;
    if (difference.status !== "ok")
      return french`Règle ${rule}, ${metric} : pas d’estimation, ${voice.words.reason(difference.reason)}.`;
    const told = {
      better: french`${metric} est meilleur là où la règle est appliquée que là où elle est mise en réserve`,
      worse: french`${metric} est moins bon là où la règle est appliquée que là où elle est mise en réserve`,
      held: french`${metric} reste dans sa marge là où la règle est appliquée`,
      tolerated: french`${metric} est moins bon là où la règle est appliquée, dans sa marge`,
      negligible: french`aucun effet sur ${metric} qui vaille la peine ne reste possible là où la règle est appliquée`,
      futile: french`${metric} gagne trop peu là où la règle est appliquée`,
      unclear: french`aucune différence établie sur ${metric} entre règle appliquée et mise en réserve`,
      undefined: french`${metric} n’a pas d’écart relatif à confronter à sa marge`,
    }[outcome];
    return french`Règle ${rule} : ${told}, ${numbers(evidence, voice)}.`;
  },
  influence({ metric, quantity, contrast, variant, value, share, difference, lift, decides }, voice) {
    const told = ([amount, ratio]: readonly [number, number | null]) =>
      voice.difference(amount, quantity) +
      (ratio === null ? "" : french`, écart relatif ${voice.lift(ratio)}`);
    const [from, to] = [told([difference[0], lift[0]]), told([difference[1], lift[1]])];
    return french`${metric}, ${voice.contrast(contrast)} : une seule unité de ${variant}, à ${voice.level(value, quantity, value)}, porte ${voice.share(share)} de la variation de sa variante ; l’écart est de ${from} avec elle et de ${to} sans elle${decides ? french`, et plus rien n’est alors établi` : ""}.`;
  },
  heaviest(evidence, voice) {
    const {
      metric,
      value,
      quantity,
      contrast,
      cap,
      units,
      share,
      weight,
      difference,
      lift,
      interval,
      effect,
    } = evidence;
    const asLift = lift[0] !== null && lift[1] !== null;
    const told = (at: 0 | 1) =>
      asLift ? voice.lift(lift[at] ?? 0) : voice.difference(difference[at], quantity);
    const range = asLift ? voice.liftInterval(interval) : voice.differenceInterval(interval, quantity);
    const limit = Number.isInteger(cap) ? voice.count(cap) : voice.level(cap, "amount", cap);
    const held = weight === null ? "" : french` et portent ${voice.share(weight)} du total`;
    const then = {
      shows: french`, et plus rien n’est alors établi`,
      hides: french`, et un effet qu’elles cachent est alors établi`,
      moves: "",
    }[effect];
    const about = value === undefined ? metric : `${metric} (${value})`;
    return french`${about}, ${voice.contrast(contrast)} : ${voice.share(share)} des unités (${voice.count(units[0])} de ${contrast[0]}, ${voice.count(units[1])} de ${contrast[1]}) dépassent ${limit}${held} ; ramenées à ${limit}, ${asLift ? french`l’écart relatif est de` : french`l’écart est de`} ${told(1)} (${range}) au lieu de ${told(0)}${then}.`;
  },
  simpson({ metric, quantity, contrast, dimension, agreement, crude, stratified }, voice) {
    const [from, to] = [voice.difference(crude, quantity), voice.difference(stratified, quantity)];
    const told = agreement === "simpson" ? "change de signe" : "se déplace";
    return french`${metric}, ${voice.contrast(contrast)} : l’écart ${told}, de ${from} à ${to}, une fois ${dimension} pondéré de la même façon des deux côtés ; les variantes n’ont pas rencontré les mêmes publics selon ${dimension}, lisez donc l’écart pondéré.`;
  },
  between: (evidence, voice) => differing(evidence, voice) + metRepeatedly(evidence.repeated, voice),
  between_not_shown: ({ dimension, tests, smallestAdjusted, repeated }, voice) =>
    french`${dimension} : aucun effet dont la différence d’un niveau à l’autre soit établie, en écart ou en relatif (${tests} ${tests < 2 ? "test" : "tests"}, plus petite valeur corrigée : ${voice.p(smallestAdjusted)}).` +
    metRepeatedly(repeated, voice),
  micro({ cell, metric, quantity, contrast, here, interval, raw, elsewhere, hardly, pAdjusted }, voice) {
    const told = (value: number) => voice.difference(value, quantity, interval);
    const range = voice.differenceInterval(interval, quantity);
    const reacts = hardly ? " réagit à peine" : "";
    return french`${voice.cell(cell)}${reacts} : l’écart de ${metric}, ${voice.contrast(contrast)}, est de ${told(here)} ici (${range} ; mesuré ${told(raw)}, ramené vers les autres cellules) et de ${told(elsewhere)} ailleurs (${voice.p(pAdjusted)} après correction).`;
  },
  excluded: ({ reason, units }, voice) =>
    french`${voice.count(units)} ${units < 2 ? "écarté" : "écartés"} de l’analyse : ${voice.words.excluded(reason)}.`,
  served(check, voice) {
    if (check.status === "undefined")
      return french`Les probabilités enregistrées n’ont pas été vérifiées : ${voice.words.reason(check.reason)}.`;
    const numbers = french`χ² ${voice.statistic(check.statistic)} à ${check.df} ddl, ${voice.p(check.pValue)}`;
    return check.status === "passed"
      ? french`Les actions sont venues aussi souvent que leurs probabilités enregistrées le disent (${numbers}).`
      : french`Les actions ne sont PAS venues aussi souvent que leurs probabilités enregistrées le disent (${numbers}) : quelque chose est cassé entre la décision et le journal, et aucune estimation qui en est tirée n’est fiable.`;
  },
  gain({ gain, rewards }, voice) {
    if (gain.status !== "ok")
      return french`Le gain sur un tirage uniforme n’est pas donné : ${voice.words.reason(gain.reason)}.`;
    const [low, high] = gain.interval;
    return french`Par rapport à un tirage uniforme, la politique a gagné ${voice.signed(gain.value)} en ${voice.count(rewards)} ${rewards < 2 ? "récompense" : "récompenses"} (intervalle à ${voice.share(gain.level)} de ${voice.signed(low)} à ${voice.signed(high)}), d’après les probabilités enregistrées.`;
  },
  belief({ cell, quantity, level, leader, next }, voice) {
    const about = voice.cell(cell);
    const [low, high] = leader.interval;
    const width = high - low || leader.mean;
    const [from, to] = [voice.level(low, quantity, width), voice.level(high, quantity, width)];
    const ahead = next ? french`, devant ${armName(next)} (${voice.probability(next.best)})` : "";
    return french`${about ? french`${about} : ` : ""}${armName(leader)} est le meilleur avec une probabilité de ${voice.probability(leader.best)}${ahead} ; on estime qu’il rapporte ${voice.level(leader.mean, quantity, width)} (intervalle à ${voice.share(level)} de ${from} à ${to}) et il est joué dans ${voice.probability(leader.probability)} des cas.`;
  },
};
