// Builds assets/dist/ from assets/scss, assets/js and node_modules. Run by `make setup`; takes a second or two.
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "assets", "dist");
const quiet = { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] };

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const { css } = sass.compile(join(root, "assets", "scss", "portal.scss"), {
  style: "compressed",
  loadPaths: [join(root, "node_modules")],
  ...quiet,
});
writeFileSync(join(dist, "portal.css"), css);
for (const name of ["portal.js", "desk.js", "work.js"]) copyFileSync(join(root, "assets", "js", name), join(dist, name));
cpSync(join(root, "assets", "images"), dist, { recursive: true });
console.log(`assets: portal.css ${css.length} bytes, ${gzipSync(css).length} gzipped`);
