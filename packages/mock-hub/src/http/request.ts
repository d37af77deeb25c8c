/** A request as both `fetch` and `node:http` can give it. */
export interface HubRequest {
  method: string;
  url: URL;
  header(name: string): string | undefined;
  /** Reads the whole body; rejects with a `Refusal` above the cap, which is 64 MiB unless the route takes more. */
  bytes(cap?: number): Promise<Uint8Array>;
  /** Where this Hub serves large files. */
  cdnOrigin: string;
}
