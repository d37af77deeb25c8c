const byPeople = { code: "Forbidden", reason: "the Hub takes likes from its own pages only, as the comment says" };

/** Samples that the embedded Hub responds with an error, each with the code and why that is as it should be. */
export const expectedRefusals: Readonly<Record<string, { code: string; reason: string }>> = {
  "models.checkAccess": { code: "GatedRepo", reason: "the refusal is what the call asks for: `me` was not let in yet" },
  "datasets.checkAccess": {
    code: "GatedRepo",
    reason: "the refusal is what the call asks for: `me` was not let in yet",
  },
  "models.like": byPeople,
  "datasets.like": byPeople,
  "spaces.like": byPeople,
};
