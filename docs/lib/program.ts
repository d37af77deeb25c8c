import { fileURLToPath } from "node:url";
import ts from "typescript";

const hubFolder = fileURLToPath(new URL("../../packages/hub/", import.meta.url));

export interface HubProgram {
  checker: ts.TypeChecker;
  /** The symbols that `@hf-api/hub` exports. */
  exports: readonly ts.Symbol[];
  /** Those of `@hf-api/hub/node`. */
  nodeExports: readonly ts.Symbol[];
}

/** The sources of @hf-api/hub, as the compiler understands them. */
export function readHubProgram(): HubProgram {
  const config = ts.readConfigFile(`${hubFolder}tsconfig.test.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, hubFolder);
  const entries = ["src/index.ts", "src/node/index.ts"].map((entry) => `${hubFolder}${entry}`);
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const [exports, nodeExports] = entries.map((entry) => {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} is not there, or exports nothing`);
    return checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker));
  });
  return { checker, exports: exports ?? [], nodeExports: nodeExports ?? [] };
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
