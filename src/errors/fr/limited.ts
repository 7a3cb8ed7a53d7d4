const limits: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  columns: ["colonnes", "gardez les colonnes qui sont lues"],
  rowBytes: ["octets dans une ligne", "vérifiez que ses lignes finissent et que ses guillemets se ferment"],
  unpacked: ["octets pour chaque octet du fichier compressé", "décompressez-le d’abord, si c’est voulu"],
  jsonBytes: ["octets de JSON", "partagez-le, ou gardez ce qui est lu"],
  jsonDepth: ["listes et objets les uns dans les autres", "écrivez-le plus à plat"],
  groups: ["groupes de variantes, versions et niveaux", "retirez une dimension, ou réunissez ses niveaux"],
  values: ["valeurs différentes d’un indicateur", "arrondissez ses montants, pour qu’ils se répètent"],
  periods: ["périodes du calendrier", "suivez des semaines, ou vérifiez les heures des données"],
  comparisons: [
    "comparaisons",
    "demandez moins de dimensions, d’indicateurs ou de paires de variantes, ou réunissez des niveaux",
  ],
};

/** @returns a limit's number with what it counts, p. ex. `10000 colonnes`, and what to do beyond it */
export const limited = (key: string | number = "", atMost?: number): readonly [what: string, fix: string] => {
  const [what, fix] = limits[key] ?? ["permis", "réduisez-le"];
  return [atMost === undefined ? what : `${atMost} ${what}`, fix];
};
