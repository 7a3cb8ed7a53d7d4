import { decisive } from "../decisive.js";
import type { LanguageWords, RuleFacts, Voice } from "../language.js";
import { onFewEvents, type Standing, standingOf, withLifts } from "../standing.js";
import { french } from "./typography.js";

const variantOf = ({ verdict }: RuleFacts) => verdict?.variant ?? "";

function runnerUp({ verdict, runnerUp }: RuleFacts, voice: Voice): string {
  if (!runnerUp) return "";
  const { variant, metric, difference, quantity } = runnerUp;
  if (difference.status !== "ok" || difference.pValue >= 1 - difference.level)
    return french` ${variant} l’emporte aussi, sans différence établie entre les deux sur ${metric}.`;
  const lead = voice.difference(difference.value, quantity, difference.interval);
  return french` ${variant} l’emporte aussi ; ${verdict?.variant ?? ""} s’en écarte de ${lead} sur ${metric} (${voice.p(difference.pValue)}).`;
}

const standing = ({ verdict }: RuleFacts): Standing => standingOf(verdict ?? { evidence: [] });

/** What stands if this is the one planned look. */
const atOneLook = ({ verdict }: RuleFacts): Standing => standingOf(verdict?.atOneLook ?? { evidence: [] });

/** What is still at risk beside a gain, each as a clause. */
export function risks(facts: RuleFacts, voice: Voice): readonly string[] {
  const { gained, open, unbounded, tolerated } = standing(facts);
  return [
    ...open.map(
      ({ metric, margin = 0 }) =>
        french`il n’est pas établi que ${metric} reste dans sa marge de ${voice.share(margin)}`,
    ),
    ...tolerated.map(
      ({ metric, lift, margin = 0 }) =>
        french`${metric} se dégrade${lift.status === "ok" ? french` (${voice.lift(lift.value, lift.interval)})` : ""}, dans sa marge de ${voice.share(margin)}`,
    ),
    ...unbounded.map(({ metric, lift }) =>
      lift.status === "ok"
        ? french`${metric}, qui n’a pas de marge, peut aller ${voice.liftInterval(decisive(lift))}`
        : french`${metric}, qui n’a pas de marge, reste ouvert`,
    ),
    ...onFewEvents(gained).map((metric) => french`${metric} repose sur peu d’événements`),
  ];
}

const atRisk = (facts: RuleFacts, voice: Voice) =>
  risks(facts, voice)
    .map((each) => french` ; ${each}`)
    .join("");

/** What a variant that is not shipped gains all the same. */
function despite(facts: RuleFacts, voice: Voice): string {
  const { gained } = standing(facts);
  return gained.length === 0 ? "" : french`, bien qu’il gagne ${withLifts(gained, voice)}`;
}

/** The sentence of each rule, in French. */
export const rules: LanguageWords["rules"] = {
  propensities: () =>
    french`Les actions ne sont pas venues aussi souvent que leurs probabilités enregistrées le disent : quelque chose est cassé entre la décision et le journal. Aucune estimation ci-dessous n’est fiable tant que la cause n’est pas trouvée.`,
  srm: () =>
    french`Les unités ne sont pas arrivées dans la répartition prévue : quelque chose est cassé entre l’attribution et les données. Aucun résultat ci-dessous n’est fiable tant que la cause n’est pas trouvée.`,
  bandit({ leader }, voice) {
    const today = leader
      ? french` Aujourd’hui, ${leader.name} est le meilleur avec une probabilité de ${voice.probability(leader.best)}.`
      : "";
    return french`Un bandit n’attend pas de verdict : il déplace lui-même le trafic à mesure qu’il apprend.${today}`;
  },
  adaptive: () =>
    french`Une politique a attribué ces unités d’après leurs résultats ; les comparaisons simples de telles données sont biaisées et ne sont pas testées.`,
  no_goal: () => french`Aucun indicateur n’a le rôle d’objectif : il n’y a rien sur quoi décider.`,
  reversed: (facts) =>
    french`Ce que ${variantOf(facts)} montre face à ${facts.control} change de signe une fois les niveaux d’une dimension pondérés de la même façon : les variantes n’ont pas rencontré les mêmes publics. Cherchez pourquoi avant de décider.`,
  one_unit: (facts) =>
    french`Ce que ${variantOf(facts)} montre face à ${facts.control} repose sur une seule unité : sans elle, plus rien n’est établi. Vérifiez que cette unité est bien un client, et décidez d’après les autres chiffres.`,
  few_units: (facts) =>
    french`Ce que ${variantOf(facts)} montre face à ${facts.control} repose sur le poids de quelques unités : une fois ce poids limité, plus rien n’est établi. Vérifiez si ce sont des clients ou des machines, et décidez d’après les chiffres ainsi limités.`,
  guardrail_harmed: (facts, voice) =>
    french`${variantOf(facts)} dégrade un garde-fou par rapport à ${facts.control} (${withLifts([...standing(facts).lost, ...standing(facts).tolerated], voice)})${despite(facts, voice)}.`,
  goals_conflict: (facts, voice) =>
    french`${variantOf(facts)} gagne ${withLifts(standing(facts).gained, voice)} et perd ${withLifts(standing(facts).lost, voice)} par rapport à ${facts.control} ; aucun objectif ne doit se dégrader.`,
  goal_worse: (facts, voice) =>
    french`${variantOf(facts)} fait moins bien que ${facts.control} (${withLifts(standing(facts).lost, voice)}).`,
  no_estimate: (facts) => french`Aucun objectif n’a pu être estimé pour ${variantOf(facts)}.`,
  no_effect_left(facts, voice) {
    const left = standing(facts).negligible.map(
      ({ metric, smallest = 0, lift }) =>
        french`aucun effet de ±${voice.share(smallest)} sur ${metric} ne reste possible${lift.status === "ok" ? french` (${voice.liftInterval(lift.interval)})` : ""}`,
    );
    return french`Entre ${variantOf(facts)} et ${facts.control}, ${left.join(", et ")} : attendre davantage n’apportera rien qui vaille la peine.`;
  },
  futile: (facts, voice) =>
    french`Arrêt pour futilité, non pour un tort : le gain de ${variantOf(facts)} sur ${facts.control} est si peu visible (${withLifts(standing(facts).futile, voice)}) que celui pour lequel ce plan est fait n’apparaîtrait plus guère. Aucun objectif ne se révèle moins bon.`,
  one_look_ships: (facts, voice) =>
    french`En tant qu’unique lecture du plan, ${variantOf(facts)} bat ${facts.control} (${withLifts(atOneLook(facts).gained, voice)}). Si l’on peut regarder à tout moment, ce n’est pas encore établi.`,
  one_look_stops: (facts, voice) =>
    french`En tant qu’unique lecture du plan, ${variantOf(facts)} fait moins bien que ${facts.control} (${withLifts([...atOneLook(facts).lost, ...atOneLook(facts).tolerated], voice)}). Si l’on peut regarder à tout moment, ce n’est pas encore établi.`,
  not_shown_yet: (facts) =>
    french`Aucune différence n’est encore établie entre ${variantOf(facts)} et ${facts.control} sur les objectifs.`,
  guardrail_without_estimate: (facts, voice) =>
    french`${variantOf(facts)} gagne ${withLifts(standing(facts).gained, voice)} par rapport à ${facts.control}, mais l’écart relatif d’un garde-fou n’a pas pu être estimé${atRisk(facts, voice)}.`,
  guardrail_open: (facts, voice) =>
    french`${variantOf(facts)} gagne ${withLifts(standing(facts).gained, voice)} par rapport à ${facts.control}${atRisk(facts, voice)}.`,
  goal_better(facts, voice) {
    const guarded = facts.verdict?.evidence.some(({ margin = 0 }) => margin > 0) ?? false;
    const safe = guarded ? french`, et il est établi que chaque garde-fou muni d’une marge y reste` : "";
    return french`${variantOf(facts)} bat ${facts.control} (${withLifts(standing(facts).gained, voice)})${safe}${atRisk(facts, voice)}.${runnerUp(facts, voice)}`;
  },
};
