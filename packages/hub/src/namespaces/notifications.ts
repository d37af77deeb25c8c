import type { Body, Query, Schema } from "@hf-api/raw";
import { isoTime, type DateInput } from "../inputs/dates.js";
import { HubInputError } from "../errors.js";
import { numberedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { Namespace } from "../namespace.js";

/** News of a discussion of a repository. */
export interface DiscussionNotification extends Schema<"DiscussionNotification"> {}
/** News of what is said below a paper. */
export interface PaperNotification extends Schema<"PaperNotification"> {}
/** News of what is said below a post. */
export interface PostNotification extends Schema<"PostNotification"> {}
/** News of what is said below a blog article. */
export interface ArticleNotification extends Schema<"ArticleNotification"> {}
/** News of a discussion of a repository, paper, post or article; `type` tells them apart. */
export type Notification = DiscussionNotification | PaperNotification | PostNotification | ArticleNotification;

type ListQuery = Query<"get", "/api/notifications">;

/** Which notifications are meant; each filter narrows them further. */
export interface NotificationFilters extends Omit<ListQuery, "p" | "lastUpdate"> {
  /** A moment that bounds the last update; the Hub does not document from which side. */
  lastUpdate?: DateInput | undefined;
}

/** Filters narrow the list together. */
export interface ListNotificationsInput extends NotificationFilters {
  /** The list ends after so many notifications. Default: all of them. */
  limit?: number | undefined;
}

/** Either the discussions, or `applyToAll` with filters. */
export interface NotificationsInput extends NotificationFilters {
  /** The discussions' own ids. */
  discussionIds?: readonly string[] | undefined;
  /** Whether everything that the filters leave is meant. */
  applyToAll?: boolean | undefined;
}

/** Which notifications become read, or unread. */
export interface MarkNotificationsInput extends NotificationsInput {
  /** `false` makes them unread. Default `true`. */
  read?: boolean | undefined;
}

/** What to be told of, by mail or on the Hub. */
export interface NotificationSettings extends Schema<"NotificationSettings"> {}
/** What is left out stays as it is. */
export interface UpdateNotificationSettingsInput extends Body<"patch", "/api/settings/notifications"> {}

/** What the signed-in user is told of. */
export class Notifications extends Namespace {
  /**
   * Lists notifications. A page's `total` counts all that the filters leave.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/notifications/GET/api/notifications
   * @example
   * for await (const news of hub.notifications.list({ readStatus: "unread" })) console.log(news.type, news.updatedAt);
   */
  list({ limit, ...filters }: ListNotificationsInput = {}, options?: RequestOptions): Pages<Notification> {
    return numberedPages(
      this.transport,
      "/api/notifications",
      { query: queryOf(filters), limit, ...options },
      "notifications",
      ({ count }) => count?.view,
    );
  }

  /**
   * Deletes notifications for good.
   *
   * @throws {HubInputError} without `discussionIds` and without `applyToAll`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/notifications/DELETE/api/notifications
   * @example
   * await hub.notifications.delete({ applyToAll: true, readStatus: "all", repoType: "model", repoName: "me/my-model" });
   */
  async delete({ discussionIds, ...filters }: NotificationsInput, options?: RequestOptions): Promise<void> {
    checkChoice(discussionIds, filters);
    return this.transport.empty.delete("/api/notifications", {
      query: queryOf(filters),
      body: discussionIds === undefined ? {} : { discussionIds },
      ...options,
    });
  }

  /**
   * Marks notifications as read, or as unread.
   *
   * @throws {HubInputError} without `discussionIds` and without `applyToAll`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/notifications/POST/api/notifications/mark-as-read
   * @example
   * await hub.notifications.markAsRead({ applyToAll: true, lastUpdate: new Date("2026-01-01") });
   */
  async markAsRead(
    { discussionIds, read = true, ...filters }: MarkNotificationsInput,
    options?: RequestOptions,
  ): Promise<void> {
    checkChoice(discussionIds, filters);
    return this.transport.empty.post("/api/notifications/mark-as-read", {
      query: queryOf(filters),
      body: { ...(discussionIds === undefined ? {} : { discussionIds }), read },
      ...options,
    });
  }

  /**
   * Changes what the user gets mails and notifications about; what is left out stays.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/notifications/PATCH/api/settings/notifications
   * @example
   * await hub.notifications.updateSettings({ notifications: { daily_papers_digest: false } });
   */
  async updateSettings(input: UpdateNotificationSettingsInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.patch("/api/settings/notifications", { body: input, ...options });
  }
}

function queryOf<F extends NotificationFilters>({ lastUpdate, ...filters }: F) {
  return { ...filters, lastUpdate: isoTime("lastUpdate", lastUpdate) };
}

function checkChoice(discussionIds: readonly string[] | undefined, { applyToAll }: NotificationsInput): void {
  if (discussionIds === undefined && applyToAll !== true) {
    throw new HubInputError("neither discussionIds nor applyToAll says which notifications are meant");
  }
}
