import type { Role } from "../state/accounts.js";
import type { World } from "../state/world.js";
import { people } from "./vocabulary.js";

/** What the document calls "before the Hub recorded it": the creation date of everything older. */
const oldest = Date.UTC(2022, 2, 2, 23, 29, 4);

interface OrgPlan {
  name: string;
  fullname: string;
  plan?: "team" | "enterprise" | "plus";
  members: Record<string, Role>;
}

// Ada, whose tokens the Hub hands out, has a different role in each of the first four.
const orgs: readonly OrgPlan[] = [
  {
    name: "acme-research",
    fullname: "Acme Research",
    plan: "enterprise",
    members: { ada: "admin", grace: "write", kenji: "contributor", amara: "read", tomas: "write", mei: "read" },
  },
  {
    name: "northwind-ai",
    fullname: "Northwind AI",
    plan: "team",
    members: { ada: "write", sofia: "admin", omar: "read" },
  },
  { name: "tiny-labs", fullname: "Tiny Labs", members: { ada: "read", lucia: "admin" } },
  { name: "open-weights", fullname: "Open Weights", members: { grace: "admin", pavel: "write" } },
  { name: "openai-community", fullname: "OpenAI community", members: { noor: "admin" } },
  { name: "google-bert", fullname: "BERT community", plan: "team", members: { noor: "admin", pavel: "write" } },
];

export function seedAccounts(world: World): void {
  const random = world.randomFor("accounts");
  for (const [index, [name, fullname]] of people.entries()) {
    world.accounts.add({
      type: "user",
      _id: random.hex(24),
      name,
      fullname,
      email: `${name}@example.com`,
      isPro: index % 4 === 0,
      createdAt: oldest + index * 86_400_000,
      following: new Set(people.filter((_, other) => other !== index && random.chance(0.4)).map(([other]) => other)),
    });
  }
  for (const { members, plan, ...org } of orgs) {
    world.accounts.add({
      ...org,
      type: "org",
      _id: random.hex(24),
      details: `${org.fullname} exists in this mock only.`,
      isVerified: plan === "enterprise",
      ...(plan && { plan }),
      members: new Map(Object.entries(members)),
      resourceGroups: [],
    });
  }
  const [acme] = world.accounts.orgs;
  acme?.resourceGroups.push({
    id: random.hex(24),
    name: "vision",
    description: "Everyone who works with images",
    autoJoin: { enabled: false },
    users: new Map([
      ["ada", { role: "admin", addedBy: "ada" }],
      ["grace", { role: "write", addedBy: "ada" }],
    ]),
  });
}
