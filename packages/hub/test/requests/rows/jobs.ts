import { readAll } from "../read-all.js";
import type { Row } from "../row.js";

const jobId = "687fb701029421ae5549d998";
const job = { namespace: "ns", jobId };
const one = `/api/jobs/ns/${jobId}`;

export const rows: Row[] = [
  {
    method: "jobs.list",
    operation: "listJobs",
    call: (hub) => hub.jobs.list().toArray(),
    request: "GET /api/jobs/me",
  },
  {
    method: "jobs.list",
    operation: "listJobs",
    call: (hub) =>
      hub.jobs
        .list({ namespace: "ns", label: ["team=nlp", "kind=eval"], stage: ["RUNNING", "SCHEDULING"], limit: 5 })
        .toArray(),
    request: "GET /api/jobs/ns?label=team%3Dnlp&label=kind%3Deval&stage=RUNNING&stage=SCHEDULING",
  },
  {
    method: "jobs.wait",
    operation: "getJob",
    call: (hub) => hub.jobs.wait({ jobId: "687f", namespace: "ns" }),
    request: "GET /api/jobs/ns/687f",
    response: { body: { id: "687f", status: { stage: "COMPLETED", message: null } } },
  },
  {
    method: "jobs.get",
    operation: "getJob",
    call: (hub) => hub.jobs.get(job),
    request: `GET ${one}`,
  },
  {
    method: "jobs.run",
    operation: "runJob",
    call: (hub) =>
      hub.jobs.run({
        namespace: "ns",
        command: ["python", "-c", "print(1)"],
        arguments: [],
        environment: { LEVEL: "1" },
        flavor: "a10g-small",
        secrets: { S: "x" },
        timeoutSeconds: 7200,
        labels: { t: "v", name: "python-3-12-3212e188" },
        dockerImage: "python:3.12",
      }),
    request: "POST /api/jobs/ns",
    body: {
      command: ["python", "-c", "print(1)"],
      arguments: [],
      environment: { LEVEL: "1" },
      flavor: "a10g-small",
      secrets: { S: "x" },
      timeoutSeconds: 7200,
      labels: { t: "v", name: "python-3-12-3212e188" },
      dockerImage: "python:3.12",
    },
  },
  {
    method: "jobs.run",
    operation: "runJob",
    call: (hub) =>
      hub.jobs.run({
        spaceId: "org/space",
        flavor: "cpu-basic",
        volumes: [{ type: "dataset", source: "org/data", mountPath: "/data" }],
      }),
    request: "POST /api/jobs/me",
    body: {
      spaceId: "org/space",
      flavor: "cpu-basic",
      volumes: [{ type: "dataset", source: "org/data", mountPath: "/data" }],
    },
  },
  {
    method: "jobs.run",
    operation: "runJob",
    call: (hub) =>
      hub.jobs.run({
        namespace: "ns",
        dockerImage: "python:3.12",
        flavor: "cpu-basic",
        network: { group: "train-1", aliases: ["master"] },
      }),
    request: "POST /api/jobs/ns",
    body: { dockerImage: "python:3.12", flavor: "cpu-basic", network: { group: "train-1", aliases: ["master"] } },
  },
  {
    method: "jobs.cancel",
    operation: "cancelJob",
    call: (hub) => hub.jobs.cancel(job),
    request: `POST ${one}/cancel`,
  },
  {
    method: "jobs.duplicate",
    operation: "duplicateJob",
    call: (hub) => hub.jobs.duplicate({ jobId }),
    request: `POST /api/jobs/me/${jobId}/duplicate`,
  },
  {
    method: "jobs.count",
    operation: "countJobs",
    call: (hub) => hub.jobs.count({ stage: "RUNNING" }),
    request: "GET /api/jobs/me/count?stage=RUNNING",
  },
  {
    method: "jobs.setLabels",
    operation: "setJobLabels",
    call: (hub) => hub.jobs.setLabels({ ...job, labels: { a: "b" } }),
    request: `PUT ${one}/labels`,
    body: { labels: { a: "b" } },
  },
  {
    method: "jobs.expose",
    operation: "setJobExposedPorts",
    call: (hub) => hub.jobs.expose({ ...job, ports: [8080, 9090], portsPublic: [9090] }),
    request: `PUT ${one}/expose`,
    body: { ports: [8080, 9090], portsPublic: [9090] },
  },
  {
    method: "jobs.listHardware",
    operation: "listJobHardware",
    call: (hub) => hub.jobs.listHardware(),
    request: "GET /api/jobs/hardware",
  },
  {
    method: "jobs.streamLogs",
    operation: "streamJobLogs",
    call: (hub) => readAll(hub.jobs.streamLogs({ ...job, tail: 10 })),
    request: `GET ${one}/logs?tail=10`,
    response: { body: 'data: {"timestamp":"2026-01-31T12:00:00.000Z","data":"hello"}\n\n' },
  },
  {
    method: "jobs.streamMetrics",
    operation: "streamJobMetrics",
    call: (hub) => readAll(hub.jobs.streamMetrics(job)),
    request: `GET ${one}/metrics`,
  },
  {
    method: "jobs.streamEvents",
    operation: "streamJobEvents",
    call: (hub) => readAll(hub.jobs.streamEvents({ jobId })),
    request: `GET /api/jobs/me/${jobId}/events`,
  },
  {
    method: "jobs.checkAccess",
    operation: "checkJobAccess",
    call: (hub) => hub.jobs.checkAccess({ ...job, perms: "write" }),
    request: `POST ${one}/auth-check/write`,
  },
  {
    method: "jobs.checkNamespaceAccess",
    operation: "checkJobsNamespaceAccess",
    call: (hub) => hub.jobs.checkNamespaceAccess({ perms: "read" }),
    request: "POST /api/jobs/me/auth-check/read",
  },
];
