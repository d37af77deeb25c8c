export interface Webhook {
  readonly id: string;
  disabled: boolean;
  url?: string;
  job?: Record<string, unknown>;
  watched: { type: string; name: string }[];
  domains: string[];
  hasSecret: boolean;
}
