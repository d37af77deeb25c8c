import type { Schema } from "@hf-api/raw";

/** A user, as lists of people show them. */
export interface UserSummary extends Schema<"UserSummary"> {}

/** The Hub refuses pages of fewer people. */
export const minPeople = 10;

/** Nobody says how large a page of followers may be; this size is modest. */
export const followersPageSize = 100;
