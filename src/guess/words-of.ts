/** @returns the words of a name, in small letters and without accents: `userID`, `user_id` and `User Id` alike */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words of columns' names that say what a column is, in English, French, German and Spanish. */
export const nameWords = {
  variant:
    listed(`variant variants variation arm group grp groupe treatment treated treat bras traitement variante
    bucket condition ab abtest gruppe grupo assignment version branch cohort test experiment`),
  perhapsVariant:
    listed(`promotion promo campaign campagne offer offre email mailing segment cell cellule message cta
    creative bandeau banner`),
  unit: listed(`user users customer client visitor visiteur account compte household foyer subscriber abonne member
    membre contact player joueur patient device kunde nutzer cliente usuario person personne lead shopper utilisateur`),
  otherThing:
    listed(`order commande product produit item session transaction campaign campagne event store magasin
    article sku message zip postal`),
  identifier: listed("id uid uuid guid ids n number no num numero nr key code"),
  contact: listed("email mail courriel phone telephone"),
  outcome:
    listed(`visit visits visited visite visites conversion conversions converted convert converti convertis
    purchase purchases purchased bought buy achat achats achete acheteur click clicks clicked clic clics clique order
    orders ordered commande commandes spend spent spending depense depenses revenue revenues sales sale sold vente ventes amount montant
    ca chiffre basket panier cart retention retained retenu signup signups subscribed subscribe inscription inscrit
    churn churned resilie unsubscribe unsubscribed unsubscribes desabonnement desabonne refund refunds refunded
    remboursement returned returns retour retours rounds gamerounds sessions pageviews views opens profit margin marge
    donation donated don dons gift paid payment paiement booking booked reservation response responded repondu reponse
    outcome kpi result resultat kauf gekauft umsatz bestellung bestellungen klick klicks compra compras ventas ingresos gasto gastos importe betrag ausgaben
    clicado registered registration activated activation bounce bounced complaint complaints reclamation plainte net
    income_eur gmv ltv arpu y`),
  lower:
    listed(`churn churned resilie unsubscribe unsubscribed unsubscribes desabonnement desabonne refund refunds
    refunded remboursement returned returns retour retours bounce bounced complaint complaints reclamation plainte`),
  counted:
    listed(`visits visites clicks clics orders commandes purchases achats conversions sessions pageviews views
    opens rounds gamerounds signups complaints bestellungen klicks compras dons`),
  before:
    listed(`pre prev previous prior before past last history historic historical recency tenure age avant
    precedent precedente ancien anciennete dernier derniere since depuis score rank`),
  after: listed(
    "exposure exposed exposition expose received recu delivered delivre seen vu opened ouvert viewed",
  ),
  dimension:
    listed(`channel canal device appareil platform plateforme os browser navigateur country pays region city
    ville segment zip newbie new nouveau gender sex sexe source medium language langue plan tier category categorie
    kanal land touchpoint page market marche store magasin`),
} as const;

const controls = [
  listed("control controls ctrl controle temoin kontrolle kontrollgruppe placebo"),
  listed(
    "baseline base default original originale holdout psa standard existing current actuel actuelle reference",
  ),
  listed("none no without sans aucun aucune kein keine ohne nada sin pas"),
  listed("old ancien ancienne off alt antiguo"),
] as const;

/** How plainly a variant's name says that it is the control, 0 plainest; undefined where it does not. */
export function controlRank(level: string): number | undefined {
  const words = wordsOf(level);
  const at = controls.findIndex((known, rank) =>
    rank === 2 ? known.has(words[0] ?? "") : words.some((word) => known.has(word)),
  );
  if (at >= 0) return at;
  const text = words.join(" ");
  if (/^(0|false|non|no|nein)$/.test(text)) return 4;
  return /^([a-z]+ )?a$/.test(text) ? 5 : undefined;
}

/** Whether one of a name's words is among the known ones. */
export const says = (name: string, known: ReadonlySet<string>): boolean =>
  wordsOf(name).some((word) => known.has(word));
