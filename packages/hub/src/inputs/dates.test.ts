import { describe, expect, it } from "vitest";
import { isoDay, isoMonth, isoTime, isoWeek, unixSeconds } from "./dates.js";
import { HubInputError } from "../errors.js";

describe("dates as the Hub takes them", () => {
  const moment = new Date("2026-01-31T23:59:59.500-02:00");

  it("writes times, days and months in UTC", () => {
    expect(isoTime("date", moment)).toBe("2026-02-01T01:59:59.500Z");
    expect(isoDay("date", moment)).toBe("2026-02-01");
    expect(isoMonth("month", moment)).toBe("2026-02");
  });

  it.each([
    ["2024-12-29", "2024-W52"],
    ["2024-12-30", "2025-W01"],
    ["2025-03-02T23:59:59Z", "2025-W09"],
    ["2026-12-31", "2026-W53"],
    ["2027-01-03", "2026-W53"],
    ["2027-01-04", "2027-W01"],
  ])("puts %s into week %s", (day, week) => {
    expect(isoWeek("week", new Date(day))).toBe(week);
  });

  it("counts seconds, of a date and of its text", () => {
    expect(unixSeconds("startDate", new Date(1_767_225_600_999))).toBe(1_767_225_600);
    expect(unixSeconds("startDate", "2026-01-01")).toBe(1_767_225_600);
  });

  it("hands on text as it is, and nothing as nothing", () => {
    expect(isoDay("date", "2026-01-31")).toBe("2026-01-31");
    expect(isoWeek("week", undefined)).toBeUndefined();
  });

  it("refuses what is no date", () => {
    expect(() => isoDay("date", new Date("never"))).toThrow(new HubInputError("date is not a valid date"));
    expect(() => unixSeconds("endDate", "soon")).toThrow(HubInputError);
  });
});
