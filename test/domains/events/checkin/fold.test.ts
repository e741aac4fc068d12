import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FoldedScan, foldScans, type Revocation } from '../../../../src/domains/events/checkin/fold.rules.ts';

const at = (ms: number, counter = 0): bigint => (BigInt(ms) << 16n) + BigInt(counter);

const scan = (id: string, ms: number, fields: Partial<FoldedScan> = {}): FoldedScan => ({
  ...{ id, deviceId: 'gate', deviceSeq: null, hybridClock: at(ms), kind: 'ENTRY', undoesId: null, generation: 1 },
  ...{ localVerdict: 'ADMITTED', rejection: null, isTrusted: true },
  ...fields,
});

const outcomesOf = (scans: FoldedScan[], revocations: Revocation[] = [], allowReentry = false) => {
  const { outcomes } = foldScans(scans, revocations, { allowReentry });
  return Object.fromEntries([...outcomes].map(([id, { outcome }]) => [id, outcome]));
};

test('two devices that were apart both let a ticket in: the second one is a conflict that names the first', () => {
  const { outcomes, state } = foldScans([scan('b', 2), scan('a', 1)], [], { allowReentry: false });
  expect(outcomes.get('a')?.outcome).toBe('ADMITTED');
  expect(outcomes.get('b')).toEqual({ outcome: 'CONFLICT', rejection: null, conflictsWithId: 'a' });
  expect(state).toEqual({ isInside: true, entries: 1, firstScanId: 'a', holderScanId: 'a' });
});

test('what a door refused lets nobody in, whatever its reason', () => {
  const refused = { localVerdict: 'REFUSED' as const };
  const scans = [
    scan('a', 1, { ...refused, rejection: 'UNPAID' }),
    scan('b', 2, { ...refused, rejection: 'ALREADY_INSIDE' }),
    scan('c', 3, refused),
    scan('d', 4, { ...refused, rejection: 'REVOKED' }),
  ];
  expect(outcomesOf(scans)).toEqual({ a: 'REJECTED', b: 'DUPLICATE', c: 'DUPLICATE', d: 'REVOKED' });
  expect(foldScans(scans, [], { allowReentry: true }).state.entries).toBe(0);
});

test('a code that was revoked before the scan was let in by a device that had not heard of it (C6)', () => {
  const revocations = [{ minGeneration: 2, hybridClock: at(5) }];
  expect(outcomesOf([scan('before', 4), scan('after', 6)], revocations)).toEqual({
    before: 'ADMITTED',
    after: 'REVOKED_ADMITTED',
  });
  expect(outcomesOf([scan('new', 6, { generation: 2 })], revocations)).toEqual({ new: 'ADMITTED' });
});

test('out and in again, where the list allows it', () => {
  const scans = [scan('in', 1), scan('out', 2, { kind: 'EXIT' }), scan('again', 3), scan('out2', 4, { kind: 'EXIT' })];
  expect(outcomesOf(scans, [], true)).toEqual({ in: 'ADMITTED', out: 'EXITED', again: 'ADMITTED', out2: 'EXITED' });
  expect(outcomesOf(scans)).toEqual({ in: 'ADMITTED', out: 'EXITED', again: 'CONFLICT', out2: 'EXIT_WITHOUT_ENTRY' });
});

test('a scan that was undone counts for nothing (C5)', () => {
  const scans = [scan('a', 1), scan('b', 2), scan('undo', 3, { kind: 'UNDO', undoesId: 'a' })];
  expect(outcomesOf(scans)).toEqual({ a: 'VOIDED', b: 'ADMITTED', undo: 'UNDONE' });
});

test('a revoked device changes nothing, and undoes nothing (C10)', () => {
  const stolen = { isTrusted: false, deviceId: 'stolen' };
  const scans = [scan('a', 2), scan('x', 1, stolen), scan('y', 3, { ...stolen, kind: 'UNDO', undoesId: 'a' })];
  expect(outcomesOf(scans)).toEqual({ a: 'ADMITTED', x: 'UNTRUSTED', y: 'UNTRUSTED' });
});

const DEVICES = Array.from({ length: 50 }, (_, place) => `device-${place}`);
const scans = fc
  .array(
    fc.record({
      device: fc.constantFrom(...DEVICES),
      // Few moments, so that many are equal; some clocks run far ahead.
      ms: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1_000_000, max: 1_000_010 })),
      kind: fc.constantFrom('ENTRY', 'ENTRY', 'ENTRY', 'EXIT', 'UNDO'),
      undoes: fc.nat(),
      generation: fc.integer({ min: 1, max: 3 }),
      isAdmitted: fc.boolean(),
      isTrusted: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
    }),
    { maxLength: 60 },
  )
  .map((drafts) => {
    const counts = new Map<string, number>();
    return drafts.map(({ device, ms, kind, undoes, generation, isAdmitted, isTrusted }, place): FoldedScan => {
      const deviceSeq = (counts.get(device) ?? 0) + 1;
      counts.set(device, deviceSeq);
      const isUndo = kind === 'UNDO' && place > 0;
      return {
        ...{ id: `scan-${place}`, deviceId: device, deviceSeq, hybridClock: at(ms), generation, isTrusted },
        kind: kind === 'UNDO' && !isUndo ? 'ENTRY' : (kind as FoldedScan['kind']),
        undoesId: isUndo ? `scan-${undoes % place}` : null,
        localVerdict: isAdmitted || kind !== 'ENTRY' ? 'ADMITTED' : 'REFUSED',
        rejection: null,
      };
    });
  });
const revocations = fc.array(
  fc.record({
    minGeneration: fc.integer({ min: 1, max: 4 }),
    hybridClock: fc.integer({ min: 0, max: 25 }).map((ms) => at(ms)),
  }),
  { maxLength: 4 },
);

test('any order and any repetition gives equal bytes (C1, D2)', () => {
  const bytesOf = (given: FoldedScan[], revoked: Revocation[], allowReentry: boolean) => {
    const unique = [...new Map(given.map((each) => [each.id, each])).values()];
    const { outcomes, state } = foldScans(unique, revoked, { allowReentry });
    return JSON.stringify([[...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)), state]);
  };
  fc.assert(
    fc.property(
      scans.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }), fc.subarray(given)),
      ),
      revocations,
      fc.boolean(),
      ([given, shuffled, repeated], revoked, allowReentry) => {
        const expected = bytesOf(given, revoked, allowReentry);
        expect(bytesOf([...shuffled, ...repeated], [...revoked].reverse(), allowReentry)).toBe(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('entries less exits are 0 or 1, and who came in is ADMITTED, CONFLICT or REVOKED_ADMITTED (C3, C4, D1)', () => {
  fc.assert(
    fc.property(scans, revocations, fc.boolean(), (given, revoked, allowReentry) => {
      const { outcomes, state } = foldScans(given, revoked, { allowReentry });
      const count = (outcome: string) => [...outcomes.values()].filter((each) => each.outcome === outcome).length;
      expect(count('ADMITTED') - count('EXITED')).toBe(state.isInside ? 1 : 0);
      expect(state.entries).toBe(count('ADMITTED'));
      if (!allowReentry) expect(count('ADMITTED')).toBeLessThanOrEqual(1);
      for (const scanned of given) {
        const { outcome, conflictsWithId } = outcomes.get(scanned.id) ?? {};
        const came = ['ADMITTED', 'CONFLICT', 'REVOKED_ADMITTED'].includes(outcome ?? '');
        const isVoided = outcome === 'VOIDED' || outcome === 'UNTRUSTED';
        if (scanned.kind === 'ENTRY' && !isVoided) expect(came).toBe(scanned.localVerdict === 'ADMITTED');
        if (outcome === 'CONFLICT') expect(outcomes.get(conflictsWithId ?? '')?.outcome).toBe('ADMITTED');
      }
    }),
    { numRuns: 1_000 },
  );
});
