import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { SERVERS_VARIABLE, type TestServers } from '../support/test-servers.ts';

/** What a run of tests came to. */
export interface Outcome {
  /** Files, and tests by their full name, that failed. */
  failed: { file: string; test: string; isTimeout: boolean; reason: string }[];
  passed: number;
  /** How long each file took, and its slowest test. */
  files: { file: string; tookMs: number; slowestMs: number }[];
  /** Files that could not be loaded, with the reason. */
  unloaded: { file: string; reason: string }[];
  /** The run was ended because it took too long. */
  isLate: boolean;
  tookMs: number;
  /** The end of what it printed. */
  output: string;
}

export interface Trial {
  /** The checkout whose tests are run. */
  folder: string;
  servers: TestServers;
  files: readonly string[];
  /** The full name of a test that is run has one of these in it; all are run when absent. */
  named?: readonly string[] | undefined;
  /** Ends at the first test that fails. */
  bail: boolean;
  withinMs: number;
  /** How long a test may take that gave no time of its own; what the tests are configured to when absent. */
  testTimeoutMs?: number;
}

const MAX_OUTPUT = 20_000;

/** Test runs under way: there is one, or none. */
const running = new Set<ChildProcess>();

const end = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    // It leads a group of its own: its test processes go with it.
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
};

/** Ends every test run at once, and everything it started. */
export const endTrials = (): void => {
  for (const child of running) end(child);
};

interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; status: string; duration?: number | null; failureMessages: string[] }[];
  }[];
}

const NOTHING: Pick<Outcome, 'failed' | 'passed' | 'files' | 'unloaded'> = {
  failed: [],
  passed: 0,
  files: [],
  unloaded: [],
};

const readReport = (path: string): typeof NOTHING => {
  // Safe: Vitest's own JSON reporter wrote it.
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const all = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ file: name, ...test })),
  );
  const failed = all
    .filter(({ status }) => status === 'failed')
    .map(({ file, fullName, failureMessages }) => ({
      file,
      test: fullName.trim(),
      reason: failureMessages[0]?.split('\n')[0] ?? '',
      isTimeout: failureMessages.some((message) => /timed out in \d+ms/.test(message)),
    }));
  const unloaded = testResults
    .filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed))
    .map(({ name, message }) => ({ file: name, reason: message.split('\n')[0] ?? '' }));
  const files = testResults.map(({ name, startTime, endTime, assertionResults }) => ({
    file: name,
    tookMs: endTime - startTime,
    slowestMs: Math.max(0, ...assertionResults.map(({ duration }) => duration ?? 0)),
  }));
  return { failed, passed: all.filter(({ status }) => status === 'passed').length, files, unloaded };
};

const isFailed = ({ status }: { status: string }): boolean => status === 'failed';

const asPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const argumentsOf = ({ files, named, bail, testTimeoutMs }: Trial, reportPath: string): string[] => {
  const args = ['run', ...files, '--config', 'test/mutants/vitest.config.ts', '--maxWorkers', '1'];
  args.push('--reporter', 'json', '--outputFile', reportPath);
  if (testTimeoutMs !== undefined) args.push('--testTimeout', String(testTimeoutMs));
  if (named !== undefined) args.push('-t', named.map(asPattern).join('|'));
  if (bail) args.push('--bail', '1');
  return args;
};

/** Runs test files of the folder in a process of its own, on servers that are there already. */
export const runTests = async (trial: Trial): Promise<Outcome> => {
  const { folder, servers, withinMs } = trial;
  const reportPath = join(servers.runFolder, 'report.json');
  rmSync(reportPath, { force: true });
  const startedAtMs = performance.now();
  const child = spawn(
    process.execPath,
    [projectPath('node_modules/vitest/vitest.mjs'), ...argumentsOf(trial, reportPath)],
    {
      cwd: folder,
      env: { ...process.env, [SERVERS_VARIABLE]: JSON.stringify(servers), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  running.add(child);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-MAX_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end(child);
  }, withinMs);
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
  clearTimeout(timer);
  running.delete(child);
  // What a test left running when it was bailed out.
  end(child);
  const result = existsSync(reportPath) ? readReport(reportPath) : NOTHING;
  return { ...result, isLate, output, tookMs: performance.now() - startedAtMs };
};
