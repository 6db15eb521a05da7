import { readFileSync } from 'node:fs';
import { packageFile } from '../setup/paths.mjs';

/** Takes the form of yaml's modules of which a bundle can leave out what it does not use. @type {import('esbuild').Plugin} */
export const treeShakenYaml = {
  name: 'tree-shaken-yaml',
  setup(build) {
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: packageFile('yaml', 'browser/dist/index.js') }));
  },
};

/**
 * Leaves zod's JSON Schemas out of a bundle: 20 KB that every kind of schema refers to, and that only the scripts of this
 * repository use. Whoever calls them in the product is told.
 * @type {import('esbuild').Plugin}
 */
export const withoutJsonSchemas = {
  name: 'without-json-schemas',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/ }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gm)].map(
        match => match[1],
      );
      return {
        contents: [
          "const none = () => { throw new Error('The product makes no JSON Schemas.'); };",
          ...names.map(name => `export const ${name} = () => none;`),
        ].join('\n'),
      };
    });
  },
};
