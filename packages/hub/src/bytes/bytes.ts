/** A Uint8Array that a Blob, a Response or `crypto.subtle` takes, in versions of TypeScript before and after 5.7 alike. */
export type Bytes = ReturnType<Uint8Array["slice"]>;
