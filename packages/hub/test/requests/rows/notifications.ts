import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "notifications.list",
    operation: "listNotifications",
    call: (hub) => hub.notifications.list().toArray(),
    request: "GET /api/notifications?p=0",
    response: { body: { notifications: [], count: { all: 0, unread: 0, view: 0 }, start: 0 } },
  },
  {
    method: "notifications.list",
    operation: "listNotifications",
    call: (hub) =>
      hub.notifications
        .list({ readStatus: "unread", mention: "participating", lastUpdate: new Date("2026-01-01"), limit: 1 })
        .toArray(),
    request:
      "GET /api/notifications?readStatus=unread&mention=participating&lastUpdate=2026-01-01T00%3A00%3A00.000Z&p=0",
    response: { body: { notifications: [{}], count: { all: 1, unread: 1, view: 1 }, start: 0 } },
  },
  {
    method: "notifications.delete",
    operation: "deleteNotifications",
    call: (hub) => hub.notifications.delete({ discussionIds: ["65a1b2c3d4e5f60718293a4b"] }),
    request: "DELETE /api/notifications",
    body: { discussionIds: ["65a1b2c3d4e5f60718293a4b"] },
  },
  {
    method: "notifications.delete",
    operation: "deleteNotifications",
    call: (hub) => hub.notifications.delete({ applyToAll: true, repoType: "model", repoName: "ns/repo" }),
    request: "DELETE /api/notifications?applyToAll=true&repoType=model&repoName=ns%2Frepo",
    body: {},
  },
  {
    method: "notifications.markAsRead",
    operation: "markNotificationsAsRead",
    call: (hub) => hub.notifications.markAsRead({ discussionIds: ["65a1b2c3d4e5f60718293a4b"], read: false }),
    request: "POST /api/notifications/mark-as-read",
    body: { discussionIds: ["65a1b2c3d4e5f60718293a4b"], read: false },
  },
  {
    method: "notifications.markAsRead",
    operation: "markNotificationsAsRead",
    call: (hub) => hub.notifications.markAsRead({ applyToAll: true, lastUpdate: "2026-01-01T00:00:00Z" }),
    request: "POST /api/notifications/mark-as-read?applyToAll=true&lastUpdate=2026-01-01T00%3A00%3A00Z",
    body: { read: true },
  },
  {
    method: "notifications.updateSettings",
    operation: "updateNotificationSettings",
    call: (hub) => hub.notifications.updateSettings({ notifications: { user_follows: false } }),
    request: "PATCH /api/settings/notifications",
    body: { notifications: { user_follows: false } },
  },
];
