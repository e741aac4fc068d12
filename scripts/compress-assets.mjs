// Lays a compressed copy beside each text of the built pages, once: app-1a2b.js, app-1a2b.js.br, app-1a2b.js.gz.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesBelow } from './fingerprint.mjs';

/** What a smaller file would save is less than what its headers cost. */
const LEAST_BYTES = 1_024;
const TEXTS = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

/** A copy that is no smaller is left out. */
export async function compressAssets(root) {
  for (const path of filesBelow(root).filter((file) => TEXTS.test(file))) {
    const file = join(root, path);
    const bytes = readFileSync(file);
    if (bytes.length < LEAST_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const copies = { br: await brotli(bytes, { params }), gz: await zip(bytes, { level: 9 }) };
    for (const [end, copy] of Object.entries(copies)) {
      if (copy.length < bytes.length) writeFileSync(`${file}.${end}`, copy);
    }
  }
}
