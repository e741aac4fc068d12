import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gate, type WireEntry } from '../../src/sdk/gate.ts';

const ROOM = 'chat:1';
const entry = (seq: number): WireEntry => ({ seq, signal: 'chat.sent', at: '', data: seq });
const frame = (seqs: number[], epoch = 'a') => ({ room: ROOM, epoch, entries: seqs.map(entry), durable: 0 });
const answer = (mode: 'live' | 'replay' | 'gap', seq: number, seqs: number[] = [], epoch = 'a') => ({
  ...frame(seqs, epoch),
  mode,
  seq,
});
const seqsOf = (entries: WireEntry[]): number[] => entries.map(({ seq }) => seq);

describe('a gate', () => {
  test('begins at the first answer and takes up what came before it', () => {
    const gate = new Gate();
    expect(gate.frame(frame([5, 6]))).toEqual({ entries: [], gap: null, hole: false });
    expect(seqsOf(gate.answer(answer('live', 5)).entries)).toEqual([6]);
    expect(gate.position).toEqual({ epoch: 'a', seq: 6 });
  });

  test('holds what is early, and names the hole', () => {
    const gate = new Gate({ epoch: 'a', seq: 1 });
    expect(gate.frame(frame([3, 4]))).toEqual({ entries: [], gap: null, hole: true });
    const passed = gate.answer(answer('replay', 4, [2, 3, 4]));
    expect(seqsOf(passed.entries)).toEqual([2, 3, 4]);
    expect(passed.hole).toBe(false);
  });

  test('drops what it has let through before', () => {
    const gate = new Gate({ epoch: 'a', seq: 0 });
    expect(seqsOf(gate.frame(frame([1, 2])).entries)).toEqual([1, 2]);
    expect(seqsOf(gate.frame(frame([1, 2, 3])).entries)).toEqual([3]);
  });

  test('never mixes two epochs', () => {
    const gate = new Gate({ epoch: 'a', seq: 7 });
    expect(gate.frame(frame([8, 9], 'b'))).toEqual({ entries: [], gap: null, hole: true });
    const passed = gate.answer(answer('gap', 8, [], 'b'));
    expect(passed.gap).toEqual({ epoch: 'b', seq: 8 });
    expect(seqsOf(passed.entries)).toEqual([9]);
  });

  test('takes no gap that another watcher of the room had', () => {
    const gate = new Gate({ epoch: 'a', seq: 9 });
    expect(gate.answer(answer('gap', 9))).toEqual({ entries: [], gap: null, hole: false });
  });

  test('asks again when an answer leaves it behind', () => {
    const gate = new Gate({ epoch: 'a', seq: 3 });
    expect(gate.answer(answer('live', 5)).hole).toBe(true);
  });

  test('keeps its memory of early entries bounded, and still arrives at all of them', () => {
    const gate = new Gate({ epoch: 'a', seq: 0 });
    for (let seq = 2; seq <= 5_000; seq += 1) gate.frame(frame([seq]));
    const all = Array.from({ length: 5_000 }, (_, index) => index + 1);
    expect(seqsOf(gate.answer(answer('replay', 5_000, all)).entries)).toEqual(all);
  });
});

test('whatever is repeated, delayed or withheld, each entry passes once and in order', () => {
  const arrivals = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }), { maxLength: 40 });
  fc.assert(
    fc.property(arrivals, (frames) => {
      const gate = new Gate({ epoch: 'a', seq: 0 });
      const out: number[] = [];
      for (const seqs of frames) out.push(...seqsOf(gate.frame(frame([...seqs].sort((a, b) => a - b))).entries));
      const after = gate.position?.seq ?? 0;
      const rest = Array.from({ length: 30 - after }, (_, index) => after + index + 1);
      out.push(...seqsOf(gate.answer(answer('replay', 30, rest)).entries));
      expect(out).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    }),
  );
});
