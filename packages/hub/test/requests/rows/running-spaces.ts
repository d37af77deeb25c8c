import type { Row } from "../row.js";

const space = "/api/spaces/ns/sp";

export const rows: Row[] = [
  {
    method: "spaces.waitFor",
    operation: "getSpaceRuntime",
    call: (hub) => hub.spaces.waitFor({ repo: "ns/sp", stage: ["RUNNING", "STOPPED"] }),
    request: "GET /api/spaces/ns/sp/runtime",
    response: { body: { stage: "STOPPED", hardware: { current: null, requested: null } } },
  },
  {
    method: "spaces.getRuntime",
    operation: "getSpaceRuntime",
    call: (hub) => hub.spaces.getRuntime({ repo: "ns/sp" }),
    request: `GET ${space}/runtime`,
  },
  {
    method: "spaces.pause",
    operation: "pauseSpace",
    call: (hub) => hub.spaces.pause({ repo: "ns/sp" }),
    request: `POST ${space}/pause`,
  },
  {
    method: "spaces.restart",
    operation: "restartSpace",
    call: (hub) => hub.spaces.restart({ repo: "ns/sp", factory: true }),
    request: `POST ${space}/restart?factory=true`,
  },
  {
    method: "spaces.setHardware",
    operation: "setSpaceHardware",
    call: (hub) => hub.spaces.setHardware({ repo: "ns/sp", flavor: "t4-medium", sleepTimeSeconds: 3600 }),
    request: `POST ${space}/hardware`,
    body: { flavor: "t4-medium", sleepTimeSeconds: 3600 },
  },
  {
    method: "spaces.setSleepTime",
    operation: "setSpaceSleepTime",
    call: (hub) => hub.spaces.setSleepTime({ repo: "ns/sp", seconds: 300 }),
    request: `POST ${space}/sleeptime`,
    body: { seconds: 300 },
  },
  {
    method: "spaces.setStorage",
    operation: "setSpaceStorage",
    call: (hub) => hub.spaces.setStorage({ repo: "ns/sp", tier: "small" }),
    request: `POST ${space}/storage`,
    body: { tier: "small" },
  },
  {
    method: "spaces.deleteStorage",
    operation: "deleteSpaceStorage",
    call: (hub) => hub.spaces.deleteStorage({ repo: "ns/sp" }),
    request: `DELETE ${space}/storage`,
  },
  {
    method: "spaces.setDevMode",
    operation: "setSpaceDevMode",
    call: (hub) => hub.spaces.setDevMode({ repo: "ns/sp", enabled: true }),
    request: `POST ${space}/dev-mode`,
    body: { enabled: true },
  },
  {
    method: "spaces.setVolumes",
    operation: "setSpaceVolumes",
    call: (hub) =>
      hub.spaces.setVolumes({
        repo: "ns/sp",
        volumes: [{ type: "dataset", source: "ns/d", mountPath: "/d", readOnly: true }],
      }),
    request: `PUT ${space}/volumes`,
    body: { volumes: [{ type: "dataset", source: "ns/d", mountPath: "/d", readOnly: true }] },
  },
  {
    method: "spaces.deleteVolumes",
    operation: "removeSpaceVolumes",
    call: (hub) => hub.spaces.deleteVolumes({ repo: "ns/sp" }),
    request: `DELETE ${space}/volumes`,
  },
  {
    method: "spaces.getSecrets",
    operation: "getSpaceSecrets",
    call: (hub) => hub.spaces.getSecrets({ repo: "ns/sp" }),
    request: `GET ${space}/secrets`,
  },
  {
    method: "spaces.setSecret",
    operation: "setSpaceSecret",
    call: (hub) => hub.spaces.setSecret({ repo: "ns/sp", key: "K", value: "V", description: "D" }),
    request: `POST ${space}/secrets`,
    body: { key: "K", value: "V", description: "D" },
  },
  {
    method: "spaces.deleteSecret",
    operation: "deleteSpaceSecret",
    call: (hub) => hub.spaces.deleteSecret({ repo: "ns/sp", key: "K" }),
    request: `DELETE ${space}/secrets`,
    body: { key: "K" },
  },
  {
    method: "spaces.getVariables",
    operation: "getSpaceVariables",
    call: (hub) => hub.spaces.getVariables({ repo: "ns/sp" }),
    request: `GET ${space}/variables`,
  },
  {
    method: "spaces.setVariable",
    operation: "setSpaceVariable",
    call: (hub) => hub.spaces.setVariable({ repo: "ns/sp", key: "k", value: "v" }),
    request: `POST ${space}/variables`,
    body: { key: "k", value: "v" },
  },
  {
    method: "spaces.deleteVariable",
    operation: "deleteSpaceVariable",
    call: (hub) => hub.spaces.deleteVariable({ repo: "ns/sp", key: "k" }),
    request: `DELETE ${space}/variables`,
    body: { key: "k" },
  },
  {
    method: "spaces.streamLogs",
    operation: "streamSpaceLogs",
    call: (hub) => hub.spaces.streamLogs({ repo: "ns/sp" }).events().next(),
    request: `GET ${space}/logs/run`,
    response: { body: 'data: {"data":"hello","timestamp":"2026-01-31T12:00:00.000Z"}\n\n' },
  },
  {
    method: "spaces.streamLogs",
    operation: "streamSpaceLogs",
    call: (hub) => hub.spaces.streamLogs({ repo: "ns/sp", logType: "build", tail: 20 }).events().next(),
    request: `GET ${space}/logs/build?tail=20`,
  },
  {
    method: "spaces.streamEvents",
    operation: "streamSpaceEvents",
    call: (hub) => hub.spaces.streamEvents({ repo: "ns/sp", session_uuid: "u-1" }).events().next(),
    request: `GET ${space}/events?session_uuid=u-1`,
  },
  {
    method: "spaces.streamMetrics",
    operation: "streamSpaceMetrics",
    call: (hub) => hub.spaces.streamMetrics({ repo: "ns/sp" }).events().next(),
    request: `GET ${space}/metrics`,
  },
];
