import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IModule } from 'dependency-cruiser';
import { beforeAll, describe, expect, test } from 'vitest';
import { contractsIn } from '../src/http/documents/contracts.ts';
import type { OperationContract } from '../src/kernel/contract.ts';
import { topics } from '../src/sdk/contract.ts';
import { cruiseTree } from './support/cruise.ts';

const { operations } = contractsIn(Object.values(topics));
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => join('src', path))
  .filter((path) => !path.startsWith('src/generated'));
const folders = (parent: string): string[] =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'generated')
    .map(({ name }) => join(parent, name));

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `ticketType.addMany` is served by `ticket-type/add-many.ts`, in whichever domain has the topic. */
const addressesOf = ({ name }: Pick<OperationContract, 'name'>): string[] => {
  const [topic = '', verb = ''] = name.split('.');
  const file = `${kebab(topic)}/${kebab(verb)}.ts`;
  const homes = [...folders('src/domains'), 'src/realtime'];
  return homes.map((home) => join(home, file)).filter((path) => existsSync(path));
};

describe('names are addresses', () => {
  test.each(operations.map(({ name }) => name))('%s has one file, at its address', (name) => {
    expect(addressesOf({ name })).toHaveLength(1);
  });
});

describe('only workers write', () => {
  let modules: IModule[];

  beforeAll(async () => {
    modules = (await cruiseTree(process.cwd(), ['src/domains', 'src/realtime'])).modules;
  });

  /** Everything a file leads to, by what it imports at run time. */
  const reachedFrom = (source: string): Set<string> => {
    const reached = new Set([source]);
    for (const each of reached) {
      const imports = modules.find((module) => module.source === each)?.dependencies ?? [];
      const atRunTime = imports.filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only'));
      for (const { resolved } of atRunTime) reached.add(resolved);
    }
    return reached;
  };
  const writesReachedBy = (contract: OperationContract): string[] =>
    addressesOf(contract).flatMap((path) => [...reachedFrom(path)].filter((each) => each.endsWith('.writes.ts')));

  const isCommitted = ({ durability }: OperationContract): boolean => durability === 'committed';

  test.each(
    operations.filter((contract) => !isCommitted(contract)).map((contract) => [contract.name, contract] as const),
  )('%s, which runs on a node, leads to no write', (_name, contract) => {
    expect(writesReachedBy(contract)).toEqual([]);
  });

  test('the way from a committed operation to its writes is seen', () => {
    const writing = operations.filter((contract) => isCommitted(contract) && writesReachedBy(contract).length > 0);
    expect(writing.length).toBeGreaterThan(3);
  });

  test('in a domain, only *.writes.ts changes rows', () => {
    const change =
      /\.(create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany)\(\{|\$executeRaw/;
    const others = files.filter((path) => /^src\/domains\/.*\.ts$/.test(path) && !path.endsWith('.writes.ts'));
    expect(others.filter((path) => change.test(readFileSync(path, 'utf8')))).toEqual([]);
    const writes = files.filter((path) => path.endsWith('.writes.ts'));
    expect(writes.some((path) => change.test(readFileSync(path, 'utf8')))).toBe(true);
  });
});

test('every part of src/ says what it is for', () => {
  const parts = [...folders('src'), ...folders('src/domains'), ...folders('src/platform')];
  expect(parts.filter((folder) => !existsSync(join(folder, 'README.md')))).toEqual([]);
});

test('no name of the wire is used twice', () => {
  const { signals, rooms } = contractsIn(Object.values(topics));
  const names = [...operations, ...signals, ...rooms].map(({ name }) => name);
  expect(names.toSorted()).toEqual([...new Set(names)].sort());
});
