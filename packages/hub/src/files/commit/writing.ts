// All that writes files, as one part: who uploads commits, and who commits uploads what is large.
export { commit } from "./commit.js";
export { upload } from "./upload.js";
