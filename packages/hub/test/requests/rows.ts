import { rows as auth } from "./rows/auth.js";
import { rows as datasets } from "./rows/datasets.js";
import { rows as models } from "./rows/models.js";
import { rows as repos } from "./rows/repos.js";
import { rows as spaces } from "./rows/spaces.js";
import type { Row } from "./row.js";

export const allRows: readonly Row[] = [...auth, ...datasets, ...models, ...repos, ...spaces];
