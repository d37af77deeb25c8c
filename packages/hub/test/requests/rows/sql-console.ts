import type { Row } from "../row.js";

const id = "66e3d1f29b1e4a0012345678";
const query = {
  sql: "SELECT count(*) FROM train",
  title: "How many",
  views: [{ key: "plain_text/train", displayName: "train", viewName: "train" }],
};

export const rows: Row[] = [
  {
    method: "sqlConsole.createEmbed",
    operation: "createSqlConsoleEmbed",
    call: (hub) => hub.sqlConsole.createEmbed({ repo: "rajpurkar/squad", ...query, private: true }),
    request: "POST /api/datasets/rajpurkar/squad/sql-console/embed",
    body: { ...query, private: true },
  },
  {
    method: "sqlConsole.updateEmbed",
    operation: "updateSqlConsoleEmbed",
    call: (hub) => hub.sqlConsole.updateEmbed({ repo: "rajpurkar/squad", embedId: id, title: "Rows" }),
    request: "PATCH /api/datasets/rajpurkar/squad/sql-console/embed/66e3d1f29b1e4a0012345678",
    body: { title: "Rows" },
  },
  {
    method: "sqlConsole.deleteEmbed",
    operation: "deleteSqlConsoleEmbed",
    call: (hub) => hub.sqlConsole.deleteEmbed({ repo: "rajpurkar/squad", embedId: id }),
    request: "DELETE /api/datasets/rajpurkar/squad/sql-console/embed/66e3d1f29b1e4a0012345678",
    response: { status: 204 },
  },
];
