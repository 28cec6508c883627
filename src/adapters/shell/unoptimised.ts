import { setFlagsFromString } from 'node:v8';

/** Whether V8 compiles WebAssembly a second time, for speed, once it has run for a while. */
const flags = ['wasm-dynamic-tiering', 'wasm-tier-up'] as const;

/**
 * Does work during which WebAssembly is compiled simply and once. For a module that runs for a millisecond now and then
 * the second time gains nothing, and for the large functions of a generated parser it takes some hundred megabytes.
 * V8 has no such choice for one module, so other modules that are loaded at this very moment share it.
 */
export async function unoptimised<T>(work: () => Promise<T>): Promise<T> {
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
  try {
    return await work();
  } finally {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
  }
}
