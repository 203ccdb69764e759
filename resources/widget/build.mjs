// Bundles the widget into one script and fails when it grows over its budget.
//
//   node build.mjs OUTPUT [MODULES]
//
// MODULES is the folder whose node_modules has esbuild; this one and its parents when left out.

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const kBudget = 40 * 1024;

const [output, modules = here] = process.argv.slice(2);
if (!output) {
  console.error("usage: node build.mjs OUTPUT [MODULES]");
  process.exit(2);
}
const esbuild = createRequire(join(resolve(modules), "package.json"))("esbuild");

/** `import css from "./x.css"` gives the minified text, which becomes a constructed style sheet. */
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await esbuild.transform(source, { loader: "css", minify: true, target: "chrome100" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const result = await esbuild.build({
  entryPoints: [join(here, "src/main.ts")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["chrome100", "firefox101", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Cloudbell customer widget. GPL-3.0-or-later. Icons: Lucide (ISC). */" },
  plugins: [styles],
});
const [bundle] = result.outputFiles;
const gzipped = gzipSync(bundle.contents, { level: 9 }).length;
console.log(`widget: ${bundle.contents.length} bytes, ${gzipped} gzipped of ${kBudget}`);
if (gzipped > kBudget) {
  console.error("The widget is over its budget of 40 KB gzipped.");
  process.exit(1);
}
mkdirSync(dirname(output), { recursive: true });
// Renamed into place: a server that reads it meanwhile sees the old or the new one, never half of it.
const partial = `${output}.${process.pid}`;
writeFileSync(partial, bundle.contents);
renameSync(partial, output);
