import { describe, expect, it } from "vitest";
import { HubInputError } from "../errors.js";
import { Hub } from "../hub.js";

describe("jobs", () => {
  it.each(["", ".", "..", "a/b", "a b", "../count", undefined, 5])(
    "refuses the id %j before any request",
    async (id) => {
      let requests = 0;
      const fetch = async (): Promise<Response> => {
        requests += 1;
        return Response.json({ name: "me" });
      };
      const hub = new Hub({ token: "hf_jobs", fetch, retries: 0 });
      const jobId = id as string;
      await expect(hub.jobs.get({ jobId })).rejects.toThrow(HubInputError);
      await expect(hub.scheduledJobs.run({ scheduledJobId: jobId })).rejects.toThrow(HubInputError);
      await expect(hub.jobs.streamLogs({ jobId })[Symbol.asyncIterator]().next()).rejects.toThrow(HubInputError);
      expect(requests).toBe(0);
    },
  );
});
