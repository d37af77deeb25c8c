/** One thing to prove: commands that have to succeed in a project of their own. */
export interface Cell {
  name: string;
  group: "install" | "run" | "types" | "require" | "package";
  /** Whether our packages are there already, or one of the steps is to install them. */
  installed: boolean;
  /** Run one after the other in the project's folder, without a shell: words are what spaces part. */
  steps: readonly string[];
  /** Files of the project beside those that all get. */
  files?: Readonly<Record<string, string>>;
  /** Whether the steps call the Hub. */
  callsHub?: boolean;
}

export interface Outcome {
  cell: Cell;
  passed: boolean;
  seconds: number;
  /** What the last command said in the end; of a failure, more of it. */
  said: string;
}

/** The commands as one would type them. */
export const commandLine = ({ steps }: Pick<Cell, "steps">): string => steps.join(" && ");
