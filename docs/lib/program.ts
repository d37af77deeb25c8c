import { fileURLToPath } from "node:url";
import ts from "typescript";

const hubFolder = fileURLToPath(new URL("../../packages/hub/", import.meta.url));

export interface HubProgram {
  checker: ts.TypeChecker;
  /** The symbols that each entry exports, such as `@hf-api/hub/node`. */
  exports: ReadonlyMap<string, readonly ts.Symbol[]>;
}

const entries: Readonly<Record<string, string>> = {
  "@hf-api/hub": "src/index.ts",
  "@hf-api/hub/node": "src/node/index.ts",
  "@hf-api/hub/oauth": "src/oauth/index.ts",
};

/** The sources of @hf-api/hub, as the compiler understands them. */
export function readHubProgram(): HubProgram {
  const config = ts.readConfigFile(`${hubFolder}tsconfig.test.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, hubFolder);
  const paths = Object.entries(entries).map(([name, path]) => [name, `${hubFolder}${path}`] as const);
  const program = ts.createProgram(
    paths.map(([, path]) => path),
    options,
  );
  const checker = program.getTypeChecker();
  const exports = paths.map(([name, entry]) => {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} is not there, or exports nothing`);
    return [name, checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker))] as const;
  });
  return { checker, exports: new Map(exports) };
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
