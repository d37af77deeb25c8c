import * as official from "@huggingface/hub";
import { rejects } from "../matches.js";
import type { Row } from "../rows.js";
import { bucket, collect, id, make, model, namespace, repo, some, type Context } from "./context.js";

const callback = (c: Context): { redirectedUrl: string; nonce: string; codeVerifier: string; hubUrl: string } => {
  const state = JSON.stringify({ nonce: "n", redirectUri: "https://app.example/", state: "mine" });
  const query = new URLSearchParams({ code: "code-of-a-login", state });
  return { redirectedUrl: `https://app.example/?${query}`, nonce: "n", codeVerifier: "v".repeat(43), hubUrl: c.hubUrl };
};

/** Jobs, schedules and logins; in the end, what was made is deleted. */
export const jobsAndLogins: readonly Row<Context>[] = [
  {
    call: "listJobHardware",
    run: async (c) => (await official.listJobHardware(c)).map(({ name }) => name),
    expect: (names: unknown) => Array.isArray(names) && names.includes("cpu-basic"),
  },
  {
    call: "runJob",
    run: (c) =>
      make(
        c.made,
        "job",
        "id",
        official.runJob({
          ...c,
          namespace,
          dockerImage: "python:3.12",
          flavor: "cpu-basic",
          command: ["python", "-V"],
          environment: { A: "1" },
          secrets: { S: "s" },
          timeoutSeconds: 60,
          labels: { run: "1" },
          volumes: [{ source: { type: "model", name: model }, mountPath: "/model" }],
        }),
      ),
    expect: {
      id: /./,
      dockerImage: "python:3.12",
      flavor: "cpu-basic",
      command: ["python", "-V"],
      labels: { run: "1" },
    },
  },
  {
    call: "getJob",
    run: (c) => official.getJob({ ...c, namespace, jobId: id(c, "job") }),
    expect: { status: { stage: /^[A-Z]+$/ } },
  },
  {
    call: "listJobs",
    run: async (c) => (await official.listJobs({ ...c, namespace })).some((job) => job.id === id(c, "job")),
    expect: true,
  },
  {
    call: "streamJobLogs",
    run: (c) => collect(official.streamJobLogs({ ...c, namespace, jobId: id(c, "job") })),
    expect: (lines: unknown) => some(lines) && JSON.stringify(lines).includes("Job started"),
  },
  {
    call: "streamJobEvents",
    run: (c) => collect(official.streamJobEvents({ ...c, namespace, jobId: id(c, "job") })),
    expect: (events: unknown) => some(events) && JSON.stringify(events).includes("COMPLETED"),
  },
  {
    call: "streamJobMetrics",
    run: (c) => collect(official.streamJobMetrics({ ...c, namespace, jobId: id(c, "job") })),
    expect: some,
  },
  {
    call: "duplicateJob",
    run: (c) => make(c.made, "copy", "id", official.duplicateJob({ ...c, namespace, jobId: id(c, "job") })),
    expect: { dockerImage: "python:3.12" },
  },
  {
    call: "cancelJob",
    run: (c) => official.cancelJob({ ...c, namespace, jobId: id(c, "copy") }),
    expect: { status: { stage: "CANCELED" } },
  },
  {
    call: "createScheduledJob",
    run: (c) =>
      make(
        c.made,
        "schedule",
        "id",
        official.createScheduledJob({
          ...c,
          namespace,
          schedule: "@daily",
          jobSpec: { dockerImage: "python:3.12", flavor: "cpu-basic", command: ["python", "-V"] },
        }),
      ),
    expect: { schedule: "@daily", suspend: false },
  },
  {
    call: "getScheduledJob",
    run: (c) => official.getScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: { jobSpec: { dockerImage: "python:3.12" } },
  },
  {
    call: "listScheduledJobs",
    run: async (c) => (await official.listScheduledJobs({ ...c, namespace })).some((it) => it.id === id(c, "schedule")),
    expect: true,
  },
  {
    call: "suspendScheduledJob",
    run: (c) => official.suspendScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },
  {
    call: "resumeScheduledJob",
    run: (c) => official.resumeScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },
  {
    call: "runScheduledJob",
    run: (c) => official.runScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: { dockerImage: "python:3.12" },
  },
  {
    call: "deleteScheduledJob",
    run: (c) => official.deleteScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },

  {
    call: "oauthLoginUrl",
    run: (c) =>
      official.oauthLoginUrl({
        hubUrl: c.hubUrl,
        clientId: "app",
        redirectUrl: "https://app.example/",
        scopes: "openid profile",
        localStorage: {},
      }),
    expect: /^http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?client_id=app&.*code_challenge_method=S256/,
  },
  {
    call: "oauthHandleRedirect",
    run: (c) => official.oauthHandleRedirect(callback(c)),
    expect: { accessToken: /^hf_/, state: "mine", scope: "openid profile", userInfo: { preferred_username: "ada" } },
  },
  {
    call: "oauthHandleRedirectIfPresent without a code",
    run: (c) => official.oauthHandleRedirectIfPresent({ ...callback(c), redirectedUrl: "https://app.example/" }),
    expect: false,
  },

  {
    call: "oauthHandleRedirectIfPresent with a code",
    run: (c) => official.oauthHandleRedirectIfPresent(callback(c)),
    expect: { accessToken: /^hf_/ },
    differs: {
      whose: "stranger",
      because: "it takes the whole address for a query, and misses its first parameter",
      expect: false,
    },
  },

  {
    call: "deleteRepo of a bucket",
    run: (c) => official.deleteRepo({ ...c, repo: bucket }),
    expect: undefined,
  },
  { call: "deleteRepo", run: (c) => official.deleteRepo({ ...c, repo }), expect: undefined },
  { call: "deleteRepo twice", run: (c) => official.deleteRepo({ ...c, repo }), expect: rejects({ statusCode: 404 }) },
];
