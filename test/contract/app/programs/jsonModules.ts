import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Names of a JSON file can be imported where the product is bundled. A program of the tests that runs unbundled is started
 * with `--import` of this file.
 */
registerHooks({
  load: (url, context, next) => {
    if (!url.startsWith('file:') || !url.endsWith('.json')) {
      return next(url, context);
    }
    const value: Record<string, unknown> = JSON.parse(readFileSync(fileURLToPath(url), 'utf8'));
    const names = Object.keys(value).filter(name => /^[a-z]\w*$/i.test(name));
    const source = names.map(name => `export const ${name} = ${JSON.stringify(value[name])};`).join('\n');
    return { format: 'module', shortCircuit: true, source };
  },
});
