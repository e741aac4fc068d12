// Runs the program that stands beside it as one file, from what V8 has compiled of it where that is there.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const path = join(__dirname, 'program.cjs');
const cachePath = join(__dirname, 'program.cache');
const isMade = process.env.MAKE_CACHE === '1';

const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'latin1')}\n})`;
const script = new Script(text, { filename: path, cachedData: isMade ? undefined : readFileSync(cachePath) });
// Only once it has run does V8 know which functions are called.
if (isMade) process.once('exit', () => writeFileSync(cachePath, script.createCachedData()));
script.runInThisContext()(exports, require, module, path, __dirname);
