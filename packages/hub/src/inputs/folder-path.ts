/** A folder may be named with a slash at its end, which no route takes. */
export const withoutSlash = (path: string = ""): string => path.replace(/\/$/, "");
