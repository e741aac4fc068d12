/** Values below this are exact; above, every power of two is cut into this many buckets: 3 % resolution. */
const SUB_BUCKETS = 32;
const SUB_BITS = 5;
const MAX_MICROS = 2 ** 31 - 1;
const BUCKETS = SUB_BUCKETS + (31 - SUB_BITS) * SUB_BUCKETS;

/**
 * Counts latencies in log-linear buckets (the idea of HdrHistogram): constant memory, one increment a sample.
 * Percentiles are the upper edge of their bucket, so they are never flattering.
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;

  /** How many samples were recorded. */
  get count(): number {
    return this.#total;
  }

  /** Adds one sample in milliseconds; negative ones count as 0, above 35 minutes as 35 minutes. */
  record(milliseconds: number): void {
    const index = bucketOf(Math.min(MAX_MICROS, Math.max(0, Math.round(milliseconds * 1000))));
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total++;
  }

  /** @returns milliseconds below which `fraction` (0 to 1) of the samples lie; 0 without samples */
  percentile(fraction: number): number {
    const wanted = Math.max(1, Math.ceil(this.#total * fraction));
    let seen = 0;
    for (let index = 0; index < BUCKETS; index++) {
      seen += this.#counts[index] ?? 0;
      if (seen >= wanted) return upperEdgeMicros(index) / 1000;
    }
    return 0;
  }

  /** The buckets that are not empty, bucket and count in turn: what `addSparse` takes. */
  sparse(): number[] {
    const pairs: number[] = [];
    for (let index = 0; index < BUCKETS; index++) {
      const count = this.#counts[index] ?? 0;
      if (count > 0) pairs.push(index, count);
    }
    return pairs;
  }

  /** Adds what another histogram's `sparse` gave. */
  addSparse(pairs: readonly number[]): void {
    for (let at = 0; at < pairs.length; at += 2) {
      const [index = 0, count = 0] = [pairs[at], pairs[at + 1]];
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
      this.#total += count;
    }
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

function bucketOf(micros: number): number {
  if (micros < SUB_BUCKETS) return micros;
  const shift = 31 - Math.clz32(micros) - SUB_BITS;
  return SUB_BUCKETS + shift * SUB_BUCKETS + (micros >>> shift) - SUB_BUCKETS;
}

function upperEdgeMicros(index: number): number {
  if (index < SUB_BUCKETS) return index;
  const shift = Math.floor(index / SUB_BUCKETS) - 1;
  const within = (index % SUB_BUCKETS) + SUB_BUCKETS;
  return (within + 1) * 2 ** shift - 1;
}
