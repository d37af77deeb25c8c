// Runs a job, which costs money, and prints its output while it runs.
import { Hub } from "@hf-api/hub";

const hub = new Hub();

const job = await hub.jobs.run({
  dockerImage: "python:3.12",
  command: ["python", "-c", "print(6 * 7)"],
  flavor: "cpu-basic",
  timeoutSeconds: 300,
});
console.log(`job ${job.id}: ${job.status.stage}`);

for await (const line of hub.jobs.streamLogs({ jobId: job.id })) console.log(`  ${line.data.trimEnd()}`);

const { status } = await hub.jobs.get({ jobId: job.id });
console.log(`job ${job.id}: ${status.stage}`);
