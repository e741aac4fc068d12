import { resolve } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

export interface Cruise {
  modules: IModule[];
  /** One line per violation: `rule: importer → imported`. */
  violations: string[];
}

const configuration = () => extractDepcruiseOptions(resolve('.dependency-cruiser.cjs'));

/** The names of all boundary rules. */
export const ruleNames = async (): Promise<string[]> => {
  const { ruleSet } = await configuration();
  return (ruleSet?.forbidden ?? []).map(({ name }) => name ?? 'unnamed');
};

/** Checks the boundary rules over `folders` below `root`, as `npm run boundaries` does over this repository. */
export const cruiseTree = async (root: string, folders: string[]): Promise<Cruise> => {
  const options = await configuration();
  const result = await cruise(
    folders,
    { ...options, baseDir: root },
    {},
    { tsConfig: extractTSConfig(resolve('tsconfig.json')) },
  );
  const { modules, summary } = result.output as ICruiseResult;
  const violations = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return { modules, violations };
};
