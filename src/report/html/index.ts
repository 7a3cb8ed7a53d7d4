export { html, Markup, nothing, type Part } from "./markup.js";
export { hashOf, style } from "./style.js";
export { line, pathOf, picture, text } from "./svg.js";
