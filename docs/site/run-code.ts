import { transform } from "sucrase";

type AsyncBody = (...values: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...namesAndBody: string[]) => AsyncBody;

/** Runs TypeScript as the body of an async function that knows these names. `import` finds these modules. */
export async function runCode(
  code: string,
  names: Readonly<Record<string, unknown>>,
  modules: Readonly<Record<string, unknown>>,
): Promise<void> {
  const javascript = transform(code, { transforms: ["typescript", "imports"], production: true }).code;
  const require = (name: string): unknown => {
    if (name in modules) return modules[name];
    throw new Error(`Nothing to import as ${name}; there is ${Object.keys(modules).join(", ")}`);
  };
  const given = { ...names, require, exports: {} };
  // A block, as the code may declare names again.
  await new AsyncFunction(...Object.keys(given), `{ ${javascript}\n}`)(...Object.values(given));
}
