/**
 * Flags for a Node process that lives for seconds. The query compiler is WebAssembly: optimising it in the background,
 * and compiling the parts of it that are never called, takes a third of such a process's time and never pays.
 */
export const SHORT_LIVED = ['--liftoff-only', '--wasm-lazy-compilation'];
