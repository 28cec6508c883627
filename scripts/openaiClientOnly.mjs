import { readFile } from 'node:fs/promises';

/**
 * Leaves the API's resources out of a bundle. Of the `openai` package we use the client (keys, headers, errors, streams)
 * and name the paths ourselves; its resources, one class for every endpoint there is, were more than half of the program
 * and cost a fifth of a cold start. Each becomes an empty class, since the client makes one of every kind.
 */
export const openaiClientOnly = {
  name: 'openai-client-only',
  setup(build) {
    build.onLoad({ filter: /[\\/]openai[\\/]resources[\\/].*\.mjs$/ }, async ({ path }) => {
      if (/[\\/]index\.mjs$/.test(path)) return undefined;
      const source = await readFile(path, 'utf8');
      const classes = [...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
      return { contents: classes.map((name) => `export class ${name} {}`).join('\n') };
    });
  },
};
