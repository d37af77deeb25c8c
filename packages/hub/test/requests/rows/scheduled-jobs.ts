import type { Row } from "../row.js";

const schedule = { namespace: "ns", scheduledJobId: "687fb701029421ae5549d999" };
const one = `/api/scheduled-jobs/ns/${schedule.scheduledJobId}`;

export const rows: Row[] = [
  {
    method: "scheduledJobs.list",
    operation: "listScheduledJobs",
    call: (hub) => hub.scheduledJobs.list({ label: "team=nlp" }),
    request: "GET /api/scheduled-jobs/me?label=team%3Dnlp",
    response: { body: [] },
  },
  {
    method: "scheduledJobs.create",
    operation: "createScheduledJob",
    call: (hub) =>
      hub.scheduledJobs.create({
        namespace: "ns",
        jobSpec: {
          command: ["python"],
          arguments: [],
          environment: {},
          flavor: "cpu-basic",
          labels: { name: "python-3-12-306517f4" },
          dockerImage: "python:3.12",
        },
        schedule: "@hourly",
        concurrency: true,
        suspend: false,
      }),
    request: "POST /api/scheduled-jobs/ns",
    body: {
      jobSpec: {
        command: ["python"],
        arguments: [],
        environment: {},
        flavor: "cpu-basic",
        labels: { name: "python-3-12-306517f4" },
        dockerImage: "python:3.12",
      },
      schedule: "@hourly",
      concurrency: true,
      suspend: false,
    },
  },
  {
    method: "scheduledJobs.get",
    operation: "getScheduledJob",
    call: (hub) => hub.scheduledJobs.get(schedule),
    request: `GET ${one}`,
  },
  {
    method: "scheduledJobs.delete",
    operation: "deleteScheduledJob",
    call: (hub) => hub.scheduledJobs.delete(schedule),
    request: `DELETE ${one}`,
  },
  {
    method: "scheduledJobs.suspend",
    operation: "suspendScheduledJob",
    call: (hub) => hub.scheduledJobs.suspend(schedule),
    request: `POST ${one}/suspend`,
  },
  {
    method: "scheduledJobs.resume",
    operation: "resumeScheduledJob",
    call: (hub) => hub.scheduledJobs.resume(schedule),
    request: `POST ${one}/resume`,
  },
  {
    method: "scheduledJobs.run",
    operation: "runScheduledJob",
    call: (hub) => hub.scheduledJobs.run(schedule),
    request: `POST ${one}/run`,
  },
  {
    method: "scheduledJobs.setLabels",
    operation: "setScheduledJobLabels",
    call: (hub) => hub.scheduledJobs.setLabels({ ...schedule, labels: { team: "nlp" } }),
    request: `PUT ${one}/labels`,
    body: { labels: { team: "nlp" } },
  },
  {
    method: "scheduledJobs.setSchedule",
    operation: "setScheduledJobSchedule",
    call: (hub) => hub.scheduledJobs.setSchedule({ ...schedule, schedule: "0 6 * * 1" }),
    request: `POST ${one}/schedule`,
    body: { schedule: "0 6 * * 1" },
  },
];
