// Steps that cost seconds and are skipped while nothing they depend on has changed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';

/**
 * Knows by a stamp file which steps are up to date. A step has a `name`, a `run`, the `inputs` it depends on (files and
 * folders below `root`), and may have an `output` that must exist and an `applies` that tells whether it is needed at all.
 */
export function createSteps({ root, stampFile, verb }) {
  const isStale = ({ name, inputs, applies = () => true, output }) =>
    applies() &&
    ((output !== undefined && !existsSync(join(root, output))) || readStamp()[name] !== fingerprint(root, inputs));

  const runStep = async ({ name, inputs, run }) => {
    const beganAt = performance.now();
    process.stdout.write(`${verb} the ${name} … `);
    // Taken before the step: a file that changes meanwhile makes the result stale again.
    const before = fingerprint(root, inputs);
    try {
      await run();
    } catch (error) {
      process.stdout.write('failed\n');
      throw error;
    }
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ ...readStamp(), [name]: before }));
    process.stdout.write(`${((performance.now() - beganAt) / 1000).toFixed(1)} s\n`);
  };

  const readStamp = () => {
    try {
      return JSON.parse(readFileSync(stampFile, 'utf8'));
    } catch {
      return {}; // absent, or cut short by a kill
    }
  };

  return { isStale, runStep };
}

/**
 * Runs a program in node_modules.
 * @returns what it said
 * @throws Error with what it said when it fails
 */
export async function runTool(root, path, args) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(join(root, 'node_modules', path), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = [];
  child.stdout.on('data', (chunk) => words.push(chunk));
  child.stderr.on('data', (chunk) => words.push(chunk));
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', stop);
  const said = Buffer.concat(words).toString().trim();
  if (code !== 0) throw new Error(`${path} failed:\n${said}`);
  return said;
}
