/** Texts that a server, a file name or a quote might change. */
export const oddTexts = [
  "spring",
  "Spring",
  " a b\t",
  'it\'s "quoted" \\ % $1 ? :name;--',
  "../../up",
  "é中🚗",
  "e\u0301",
  "nul\u0000and\nmore",
  "\ud800 alone",
  "x".repeat(200),
];
