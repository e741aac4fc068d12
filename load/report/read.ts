import { readFile } from 'node:fs/promises';
import { LoadReport, REPORT_VERSION } from './contract.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

/** Reads a `report.json`. @throws Error of one sentence that names the file and says what is wrong with it */
export async function readReport(path: string): Promise<LoadReport> {
  const found = parsed(await textOf(path), path);
  if (typeof found !== 'object' || found === null || !('version' in found)) {
    throw new Error(`${path} is not a load report.`);
  }
  if (found.version !== REPORT_VERSION) {
    const version = JSON.stringify(found.version);
    throw new Error(`${path} is of version ${version}, and only version ${REPORT_VERSION} can be read.`);
  }
  const { data, error } = LoadReport.safeParse(found);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new Error(`${path} is not a load report: ${issue?.path.join('.')}: ${issue?.message}.`);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`${path} cannot be read: ${REASONS[code] ?? code}.`, { cause: error });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON.`, { cause: error });
  }
}
