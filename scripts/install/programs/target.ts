import type { Target } from "./smoke.js";

/** Stands in for the file that each cell gets in its place, with the address of its own mock Hub. */
export const target: Target = { endpoint: "http://127.0.0.1:8787", token: "" };
