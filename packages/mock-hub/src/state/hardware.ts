/** What jobs or Spaces run on, as the Hub lists it. */
export interface Hardware {
  /** What `flavor` takes. */
  readonly name: string;
  readonly prettyName: string;
  readonly cpu: string;
  readonly ram: string;
  /** Told of jobs only. */
  readonly ephemeralStorage?: string;
  readonly accelerator: {
    readonly type: "gpu" | "neuron";
    readonly model: string;
    readonly quantity: string;
    readonly vram: string;
    readonly manufacturer: "Nvidia" | "AWS";
  } | null;
  unitCostMicroUSD: number;
  unitCostUSD: number;
  unitLabel: string;
}
