import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "papers.list",
    operation: "listPapers",
    call: (hub) => hub.papers.list().toArray(),
    request: "GET /api/papers",
  },
  {
    method: "papers.list",
    operation: "listPapers",
    call: (hub) => hub.papers.list({ limit: 250 }).toArray(),
    request: "GET /api/papers?limit=100",
  },
  {
    method: "papers.listDaily",
    operation: "listDailyPapers",
    call: (hub) => hub.papers.listDaily().toArray(),
    request: "GET /api/daily_papers?p=0",
  },
  {
    method: "papers.listDaily",
    operation: "listDailyPapers",
    call: (hub) => hub.papers.listDaily({ p: 3, pageSize: 10 }).toArray(),
    request: "GET /api/daily_papers?p=3&limit=10",
    response: { body: [] },
  },
  {
    method: "papers.listDaily",
    operation: "listDailyPapers",
    call: (hub) => hub.papers.listDaily({ week: "2025-W09" }).toArray(),
    request: "GET /api/daily_papers?week=2025-W09&p=0",
  },
  {
    method: "papers.listDaily",
    operation: "listDailyPapers",
    call: (hub) =>
      hub.papers
        .listDaily({ date: new Date("2025-03-31T12:00:00Z"), limit: 10, sort: "trending", submitter: "akhaliq" })
        .toArray(),
    request: "GET /api/daily_papers?sort=trending&submitter=akhaliq&date=2025-03-31&limit=10&p=0",
  },
  {
    method: "papers.listDaily",
    operation: "listDailyPapers",
    call: (hub) => hub.papers.listDaily({ month: new Date("2025-03-31T12:00:00Z"), pageSize: 5 }).toArray(),
    request: "GET /api/daily_papers?month=2025-03&limit=5&p=0",
  },
  {
    method: "papers.search",
    operation: "searchPapers",
    call: (hub) => hub.papers.search({ q: "llama 2", limit: 5 }),
    request: "GET /api/papers/search?q=llama%202&limit=5",
    response: { body: [] },
  },
  {
    method: "papers.get",
    operation: "getPaper",
    call: (hub) => hub.papers.get({ paperId: "2311.12983" }),
    request: "GET /api/papers/2311.12983",
  },
  {
    method: "papers.get",
    operation: "getPaper",
    call: (hub) => hub.papers.get({ paperId: "2311.12983", field: ["comments", "submissionDeadline"] }),
    request: "GET /api/papers/2311.12983?field=comments&field=submissionDeadline",
  },
  {
    method: "papers.getMarkdown",
    operation: "getPaperMarkdown",
    call: (hub) => hub.papers.getMarkdown({ paperId: "2311.12983" }),
    request: "GET /papers/2311.12983.md",
  },
  {
    method: "papers.getRepos",
    operation: "getPaperRepos",
    call: (hub) => hub.papers.getRepos({ paperId: "2311.12983" }),
    request: "GET /api/arxiv/2311.12983/repos",
  },
  {
    method: "papers.index",
    operation: "indexPaper",
    call: (hub) => hub.papers.index({ paperId: "2311.12983" }),
    request: "POST /api/papers/index",
    body: { arxivId: "2311.12983" },
  },
  {
    method: "papers.updateLinks",
    operation: "updatePaperLinks",
    call: (hub) =>
      hub.papers.updateLinks({ paperId: "2311.12983", githubRepo: null, projectPage: "https://example.com/" }),
    request: "POST /api/papers/2311.12983/links",
    body: { githubRepo: null, projectPage: "https://example.com/" },
  },
  {
    method: "papers.comment",
    operation: "createPaperComment",
    call: (hub) => hub.papers.comment({ paperId: "2311.12983", comment: "Hi" }),
    request: "POST /api/papers/2311.12983/comment",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "papers.reply",
    operation: "replyToPaperComment",
    call: (hub) => hub.papers.reply({ paperId: "2311.12983", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Hi" }),
    request: "POST /api/papers/2311.12983/comment/65a1b2c3d4e5f60718293a4b/reply",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "papers.claimAuthorship",
    operation: "claimPaperAuthorship",
    call: (hub) => hub.papers.claimAuthorship({ paperId: "2311.12983", claimAuthorId: "65a1b2c3d4e5f60718293a4b" }),
    request: "POST /api/settings/papers/claim",
    body: { paperId: "2311.12983", claimAuthorId: "65a1b2c3d4e5f60718293a4b" },
  },
];
