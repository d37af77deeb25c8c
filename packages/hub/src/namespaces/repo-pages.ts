/** Where the Hub's pages of each kind begin: those of models at the top. */
export const pagesOf = { models: "", datasets: "/datasets", spaces: "/spaces", kernels: "/kernels" } as const;
