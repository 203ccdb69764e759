// Compiles the tests: one module per *.test.ts.
//
//   node build.mjs OUTPUT_FOLDER MODULES
//
// MODULES is the folder whose node_modules has esbuild. Packages stay imports: OUTPUT_FOLDER lies beside the tests' own
// node_modules.

import { readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [output, modules] = process.argv.slice(2);
const esbuild = createRequire(join(resolve(modules), "package.json"))("esbuild");

rmSync(output, { recursive: true, force: true });
await esbuild.build({
  entryPoints: readdirSync(here, { recursive: true })
    .filter((name) => /\.(test|tool)\.ts$/.test(name))
    .map((name) => join(here, name)),
  outdir: output,
  outbase: here,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node18",
  sourcemap: "inline",
  logLevel: "warning",
});
