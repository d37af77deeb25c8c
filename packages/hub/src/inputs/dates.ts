import { HubInputError } from "../errors.js";

/** A date, or text in the form that the Hub takes. */
export type DateInput = Date | string;

type Write = {
  (name: string, date: DateInput): string;
  (name: string, date: DateInput | undefined): string | undefined;
};

/** A moment, such as `2026-01-31T23:59:59.500Z`. */
export const isoTime: Write = writer((date) => date.toISOString());

/** A day in UTC, such as `2026-01-31`. */
export const isoDay: Write = writer((date) => date.toISOString().slice(0, 10));

/** A month in UTC, such as `2026-01`. */
export const isoMonth: Write = writer((date) => date.toISOString().slice(0, 7));

/** A week in UTC by ISO 8601, such as `2026-W05`. */
export const isoWeek: Write = writer((date) => {
  // The week belongs to the year of its Thursday.
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
});

/** A moment in whole seconds since 1970. */
export function unixSeconds(name: string, date: DateInput): number;
export function unixSeconds(name: string, date: DateInput | undefined): number | undefined;
export function unixSeconds(name: string, date: DateInput | undefined): number | undefined {
  return date === undefined ? undefined : Math.floor(valid(name, new Date(date)).getTime() / 1000);
}

/** Writes dates; hands on text as it is, and nothing as nothing. */
function writer(write: (date: Date) => string): Write {
  function iso(name: string, date: DateInput): string;
  function iso(name: string, date: DateInput | undefined): string | undefined;
  function iso(name: string, date: DateInput | undefined): string | undefined {
    return date instanceof Date ? write(valid(name, date)) : date;
  }
  return iso;
}

function valid(name: string, date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new HubInputError(`${name} is not a valid date`);
  return date;
}
