import { evidenceList } from "../evidence-list.js";
import type { LanguageWords, RuleFacts, Voice } from "../language.js";
import { french } from "./typography.js";

const variantOf = ({ verdict }: RuleFacts) => verdict?.variant ?? "";

function runnerUp({ verdict, runnerUp }: RuleFacts, voice: Voice): string {
  if (!runnerUp) return "";
  const { variant, metric, difference, quantity } = runnerUp;
  if (difference.status !== "ok" || difference.pValue >= 1 - difference.level)
    return french` ${variant} l’emporte aussi, sans différence établie entre les deux sur ${metric}.`;
  const lead = voice.difference(difference.value, quantity);
  return french` ${variant} l’emporte aussi ; ${verdict?.variant ?? ""} s’en écarte de ${lead} sur ${metric} (${voice.p(difference.pValue)}).`;
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
  guardrail_harmed: (facts, voice) =>
    french`${variantOf(facts)} dégrade un garde-fou par rapport à ${facts.control} (${evidenceList(facts, "guardrail", "worse", voice)}).`,
  goals_conflict: (facts) =>
    french`${variantOf(facts)} gagne sur un objectif et perd sur un autre par rapport à ${facts.control} ; à vous de décider lequel compte le plus.`,
  goal_worse: (facts, voice) =>
    french`${variantOf(facts)} fait moins bien que ${facts.control} (${evidenceList(facts, "goal", "worse", voice)}).`,
  no_estimate: (facts) => french`Aucun objectif n’a pu être estimé pour ${variantOf(facts)}.`,
  not_shown_yet: (facts) =>
    french`Aucune différence n’est encore établie entre ${variantOf(facts)} et ${facts.control} sur les objectifs.`,
  guardrail_without_estimate: (facts) =>
    french`${variantOf(facts)} gagne, mais l’écart relatif d’un garde-fou n’a pas pu être estimé.`,
  guardrail_open: (facts) =>
    french`${variantOf(facts)} gagne, mais il n’est pas encore établi qu’un garde-fou reste dans sa marge.`,
  goal_better(facts, voice) {
    const guarded = facts.verdict?.evidence.some(({ role }) => role === "guardrail") ?? false;
    return french`${variantOf(facts)} bat ${facts.control} (${evidenceList(facts, "goal", "better", voice)})${guarded ? french`, et aucune dégradation d’un garde-fou n’est établie` : ""}.${runnerUp(facts, voice)}`;
  },
};
