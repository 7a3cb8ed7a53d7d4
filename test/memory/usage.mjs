// Loaded before a program (node --import): at its end, its peak of memory and its CPU time go to the file that ESSAI_USAGE
// names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(
    process.env.ESSAI_USAGE,
    JSON.stringify({ bytes: 1024 * maxRSS, seconds: (userCPUTime + systemCPUTime) / 1e6 }),
  );
});
