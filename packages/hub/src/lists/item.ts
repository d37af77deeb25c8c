/** What a list holds, by a name that an interface can extend. */
export type Item<T extends readonly unknown[]> = T[number];
