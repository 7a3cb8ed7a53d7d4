import { describe, expect, it } from "vitest";
import { dataMappingSchema } from "../../src/sql/data-mapping.schema.js";

describe("data mapping schema", () => {
  it.each([
    { variant: "arm" },
    {
      file: "mails.csv.gz",
      variant: { column: "segment", values: { "No E-Mail": "none" }, unknown: "ignore" },
      unit: "customer",
      version: "v",
      dimensions: ["channel", "zip_code"],
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
    expect(dataMappingSchema.parse(mapping)).toEqual(mapping);
  });

  it.each([
    {},
    { variant: "" },
    { variant: "arm", dimension: ["channel"] },
    { variant: { column: "segment", values: { a: 1 } } },
    { exposures: { unit: "user", variant: "arm", at: "ts" } },
    { variant: "arm", windowDays: 0 },
  ])("refuses %j", (mapping) => {
    expect(dataMappingSchema.safeParse(mapping).success).toBe(false);
  });
});
