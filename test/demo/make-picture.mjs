// npm run docs:picture: the top of a real report, as README shows it. The HTML report of the e-mail experiment in
// docs/examples/hillstrom is opened in Chromium and photographed; the picture must stay small.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const top = fileURLToPath(new URL("../..", import.meta.url));
const example = resolve(top, "docs/examples/hillstrom");
const picture = resolve(top, "docs/images/report.png");
const most = 150_000;

const folder = mkdtempSync(join(tmpdir(), "essai-picture-"));
try {
  const page = join(folder, "report.html");
  execFileSync(
    process.execPath,
    [
      resolve(top, "dist/cli/main.js"),
      ...["analyze", resolve(example, "cells.json")],
      ...["--experiment", resolve(example, "experiment.json"), "--by", "channel,newbie", "--html", page],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  if (!readFileSync(page, "utf8").includes("<svg")) throw new Error("the report has no picture in it");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const view = await browser.newPage({ viewport: { width: 1180, height: 1030 }, colorScheme: "light" });
  await view.goto(pathToFileURL(page).href);
  mkdirSync(resolve(top, "docs/images"), { recursive: true });
  await view.screenshot({ path: picture });
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { size } = statSync(picture);
if (size > most) throw new Error(`${picture} has ${size} bytes, and may have ${most}`);
console.log(`${picture}: ${size} bytes`);
