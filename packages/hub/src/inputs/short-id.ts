// Apart from other ids: whatever makes requests needs it, and most of that knows no repositories.

/** Stands for the owner in the path of an id that names none; no owner is called so. */
export const noOwner = "\0";

/** The route of a call whose id may be short. */
export const routeFor = (route: string, namespace: unknown): string =>
  namespace === noOwner ? route.replace("/{namespace}", "") : route;
