export * as hub from "@hf-api/hub";
