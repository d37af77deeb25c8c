import type { Hardware } from "../state/hardware.js";
import type { World } from "../state/world.js";

type Machine = [
  name: string,
  prettyName: string,
  cpu: string,
  ram: string,
  storage: string,
  usdPerHour: number,
  gpu?: string,
];

/** Some of the Hub's machines. Its prices change, so these are only near them. */
const machines: readonly Machine[] = [
  ["cpu-basic", "CPU Basic", "2 vCPU", "16 GB", "50 GB", 0.01],
  ["cpu-upgrade", "CPU Upgrade", "8 vCPU", "32 GB", "50 GB", 0.03],
  ["t4-small", "Nvidia T4 - small", "4 vCPU", "15 GB", "50 GB", 0.4, "T4 16 GB"],
  ["t4-medium", "Nvidia T4 - medium", "8 vCPU", "30 GB", "100 GB", 0.6, "T4 16 GB"],
  ["l4x1", "1x Nvidia L4", "8 vCPU", "30 GB", "400 GB", 0.8, "L4 24 GB"],
  ["a10g-small", "Nvidia A10G - small", "4 vCPU", "15 GB", "110 GB", 1, "A10G 24 GB"],
  ["a10g-large", "Nvidia A10G - large", "12 vCPU", "46 GB", "200 GB", 1.5, "A10G 24 GB"],
  ["a100-large", "Nvidia A100 - large", "12 vCPU", "142 GB", "1000 GB", 2.5, "A100 80 GB"],
];

export function seedHardware({ hardware }: World): void {
  for (const [name, prettyName, cpu, ram, ephemeralStorage, usdPerHour, gpu] of machines) {
    const machine = { name, prettyName, cpu, ram, accelerator: acceleratorOf(gpu) };
    hardware.jobs.push({ ...machine, ephemeralStorage, ...priceOf(usdPerHour) });
    // The smallest machine costs Spaces nothing.
    hardware.spaces.push({ ...machine, ...priceOf(name === "cpu-basic" ? 0 : usdPerHour) });
  }
}

function acceleratorOf(gpu: string | undefined): Hardware["accelerator"] {
  if (gpu === undefined) return null;
  const [model = "", ...vram] = gpu.split(" ");
  return { type: "gpu", model, quantity: "1", vram: vram.join(" "), manufacturer: "Nvidia" };
}

/** Prices are for a minute. */
function priceOf(usdPerHour: number): Pick<Hardware, "unitCostMicroUSD" | "unitCostUSD" | "unitLabel"> {
  const unitCostMicroUSD = Math.round((usdPerHour * 1_000_000) / 60);
  return { unitCostMicroUSD, unitCostUSD: unitCostMicroUSD / 1_000_000, unitLabel: "minute" };
}
