export {
  cholesky,
  invert,
  invertLower,
  logDeterminant,
  solve,
  solveLower,
  solveUpper,
  squaredProduct,
  updateCholesky,
} from "./cholesky.js";
export {
  addOuterProduct,
  multiplySymmetric,
  type Packed,
  packedIndex,
  packedLength,
  packSymmetric,
} from "./symmetric.js";
