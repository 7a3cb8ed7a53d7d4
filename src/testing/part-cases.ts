import type { PartFactory } from "../bandits/index.js";
import { partOf } from "../bandits/state/index.js";
import type { Case } from "./case.js";
import { ensure, ensureSame } from "./ensure.js";

/** What holds for parts of every family: a name, and settings that make the part again. */
export function partCases(make: PartFactory, settings: readonly unknown[]): Case[] {
  return [
    {
      name: "has one name, whatever the settings",
      run() {
        const { name } = make();
        ensure(typeof name === "string" && name !== "", `the name is ${String(name)}`);
        for (const each of settings)
          ensureSame("the name under other settings", partOf(make, each).name, name);
      },
    },
    {
      name: "writes settings from which it is made again",
      run() {
        for (const each of [undefined, ...settings]) {
          const part = partOf(make, each);
          const json = JSON.stringify(part.settings);
          ensure(json !== undefined, "settings are missing; a part without any has {}");
          const written: unknown = JSON.parse(json);
          ensureSame("settings after JSON", written, part.settings);
          ensureSame("settings of the part made again", partOf(make, written).settings, part.settings);
          if (each !== undefined)
            for (const [key, value] of Object.entries(Object(each) as object))
              ensureSame(`settings.${key}`, Object(part.settings)[key], value);
        }
      },
    },
  ];
}
