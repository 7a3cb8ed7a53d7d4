import { describe, expect, it } from "vitest";
import { mappingProblems } from "../../src/metrics/data/index.js";

const told = (mapping: unknown) =>
  mappingProblems(mapping).map(({ code, path }) => `${code} at ${path.join(".")}`);

describe("data mapping", () => {
  it.each([
    { variant: "arm" },
    {
      file: "mails.csv.gz",
      variant: { column: "segment", values: { "No E-Mail": "none" }, unknown: "ignore" },
      unit: "customer",
      version: "v",
      dimensions: ["channel", "zip_code"],
    },
    {
      file: "ventes.csv",
      encoding: "latin-1",
      variant: "groupe",
      decimal: ",",
      thousands: ".",
      missing: ["NA", "-999"],
      yes: ["oui"],
      no: ["non"],
    },
    { table: "crm.mails", variant: { column: "segment" }, dimensions: { Kanal: "channel" } },
    {
      exposures: {
        file: "exposures.parquet",
        unit: "user",
        variant: "arm",
        at: "ts",
        dimensions: ["country"],
      },
      events: { file: "events.parquet", unit: "user", event: "name", at: "ts", value: "amount" },
      windowDays: 14,
    },
  ])("reads %j as it stands", (mapping) => {
    expect(told(mapping)).toEqual([]);
  });

  it.each([
    [{}, ["missing_value at data"]],
    [null, ["wrong_type at data"]],
    [{ variant: "" }, ["missing_value at data.variant"]],
    [{ variant: "arm", dimension: ["channel"] }, ["unknown_key at data.dimension"]],
    [{ varaint: "arm" }, ["unknown_key at data.varaint"]],
    [{ variant: { column: "segment", values: { a: 1 } } }, ["wrong_type at data.variant.values.a"]],
    [{ variant: { colum: "segment" } }, ["unknown_key at data.variant.colum"]],
    [{ exposures: { unit: "user", variant: "arm", at: "ts" } }, ["missing_value at data.events"]],
    [{ variant: "arm", windowDays: 0 }, ["unknown_key at data.windowDays"]],
    [{ variant: "arm", file: "a.csv", table: "a" }, ["conflicting_keys at data.table"]],
    [{ variant: "arm", table: "a", encoding: "latin-1" }, ["conflicting_keys at data.encoding"]],
    [{ variant: "arm", encoding: "latin1" }, ["unknown_name at data.encoding"]],
    [{ variant: "arm", decimal: ";" }, ["unknown_name at data.decimal"]],
    [{ variant: "arm", decimal: ",", thousands: "," }, ["conflicting_keys at data.thousands"]],
    [{ variant: "arm", yes: ["oui"], no: ["Oui"] }, ["conflicting_keys at data.no"]],
    [{ variant: "arm", missing: [-999] }, ["wrong_type at data.missing.0"]],
  ])("refuses %j", (mapping, expected) => {
    expect(told(mapping)).toEqual(expected);
  });
});
