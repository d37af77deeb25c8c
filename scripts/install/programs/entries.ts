/** Stands in for the file that is made of the packed packages' `exports`, like portable-entries.ts. */
export * as hub from "@hf-api/hub";
