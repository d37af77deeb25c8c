import { createMockHub, type MockHub } from "@hf-api/mock-hub";
import { listen, loadDocument } from "@hf-api/mock-hub/node";

export interface RunningMock {
  hub: MockHub;
  url: string;
}

/** A mock Hub on loopback for the time that the work takes, as its command starts it. */
export async function withMock<T>(work: (mock: RunningMock) => Promise<T>): Promise<T> {
  const hub = createMockHub({ seed: 1, jobDuration: 300, document: await loadDocument() });
  const server = await listen(hub);
  try {
    return await work({ hub, url: server.url });
  } finally {
    await server.close();
  }
}
