import type { Mutation } from '../mutation.ts';

const GATE = 'test/sdk/gate.test.ts';
const OUTBOX = 'test/sdk/outbox.test.ts';
const TIMELINE = 'test/sdk/timeline.test.ts';

/** The client: its gate, its outbox, its lanes, its timeline. */
export const sdk: readonly Mutation[] = [
  {
    id: 'sdk-gate-mixes-epochs',
    breaks: 'Entries of another epoch are never mixed in.',
    file: 'src/sdk/gate.ts',
    from: 'if (this.#heldEpoch !== this.#epoch) return [];',
    to: '',
    tests: [GATE],
  },
  {
    id: 'sdk-gate-hides-holes',
    breaks: 'A hole is asked for.',
    file: 'src/sdk/gate.ts',
    from: 'hole: this.#epoch !== frame.epoch || this.#held.size > 0',
    to: 'hole: this.#epoch !== frame.epoch',
    tests: [GATE],
  },
  {
    id: 'sdk-gate-passes-repeats',
    breaks: 'An entry reaches the program once.',
    file: 'src/sdk/gate.ts',
    from: '      this.#seq = next.seq;\n      entries.push(next);',
    to: '      this.#seq = next.seq;\n      entries.push(next, next);',
    tests: [GATE],
  },
  {
    id: 'sdk-outbox-trusts-another-epoch',
    breaks: 'A message is let go only when its own epoch says that it is stored.',
    file: 'src/sdk/lane.ts',
    from: 'entry.receipt.epoch === epoch && entry.receipt.seq <= durable',
    to: 'entry.receipt.seq <= durable',
    tests: [OUTBOX],
  },
  {
    id: 'sdk-outbox-loses-what-an-epoch-lost',
    breaks: 'What a lost log had accepted is sent again.',
    file: 'src/sdk/lane.ts',
    from: 'if (this.#past.has(entry.receipt.epoch)) requeue(entry);',
    to: '',
    tests: [OUTBOX],
  },
  {
    id: 'sdk-lane-sends-the-latest-first',
    breaks: 'Messages are read in the order in which they were written.',
    file: 'src/sdk/lane.ts',
    from: 'this.#entries.find(',
    to: 'this.#entries.findLast(',
    tests: [OUTBOX],
  },
  {
    id: 'sdk-lane-gives-up',
    breaks: 'A message that may be sent again is.',
    file: 'src/sdk/lane.ts',
    from: 'if (error.retryable) return',
    to: 'if (error.retryable && attempt < 0) return',
    tests: [OUTBOX],
  },
  {
    id: 'sdk-outbox-forgets-at-once',
    breaks: 'A message is kept on the device until PostgreSQL has it.',
    file: 'src/sdk/outbox.ts',
    from: '    this.#store?.save(entry);\n    const sending',
    to: '    const sending',
    tests: [OUTBOX],
  },
  {
    id: 'sdk-timeline-goes-back',
    breaks: 'A snapshot and the log may overlap: what is known already changes nothing.',
    file: 'src/sdk/timeline.ts',
    from: 'if (message.appliedSeq >= entry.seq || message',
    to: 'if (message',
    tests: [TIMELINE],
  },
  {
    id: 'sdk-timeline-repeats',
    breaks: 'A message stands in a timeline once.',
    file: 'src/sdk/timeline.ts',
    from: 'if (last && last.seq >= entry.seq) return {};',
    to: '',
    tests: [TIMELINE],
  },
];
