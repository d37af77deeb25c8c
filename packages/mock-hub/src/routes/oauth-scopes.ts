/** What an app may ask for, and what that means to the user. */
export const scopes: Readonly<Record<string, string>> = {
  openid: "Know that it is you",
  profile: "Read your name, avatar and organizations",
  email: "Read your e-mail address",
  "read-billing": "Know whether you have a payment method",
  "gated-repos": "Read public repositories that let you in",
  "read-repos": "Read your repositories, private ones included",
  "contribute-repos": "Create repositories, and change those it created",
  "write-repos": "Read and change your repositories",
  "manage-repos": "Create, change and delete your repositories",
  "read-collections": "Read your private collections",
  "write-collections": "Create, change and delete your collections",
  "write-discussions": "Open and answer discussions in your name",
  "inference-api": "Run models at your expense",
  "read-mcp": "Read your MCP settings",
  jobs: "Run jobs at your expense",
  webhooks: "Read and change your webhooks",
};
