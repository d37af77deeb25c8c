export * from "./download-folder.js";
export * from "./download-to.js";
export * from "./local-file.js";
export * from "./local-folder.js";
