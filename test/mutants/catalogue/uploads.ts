import type { Mutation } from '../mutation.ts';

const TAKING = 'test/domains/media/taking.test.ts';
const READING = 'test/http/read-bytes.test.ts';

/** What uploads may take of a process. */
export const uploads: readonly Mutation[] = [
  {
    id: 'uploads-without-bound',
    breaks: 'What a process holds of uploads is bounded, whatever they announced.',
    file: 'src/domains/media/media/taking.ts',
    from: 'if (total + bytes > limits.bytes) throw overloaded();',
    to: '',
    tests: [TAKING],
  },
  {
    id: 'ended-uploads-count-on',
    breaks: 'An upload that has ended, well or not, makes room.',
    file: 'src/domains/media/media/taking.ts',
    from: '      total -= own;\n',
    to: '',
    tests: [TAKING],
  },
  {
    id: 'one-person-uploads-all-at-once',
    breaks: 'Of one person so many uploads are read at once, and the others wait.',
    file: 'src/domains/media/media/taking.ts',
    from: 'if (line.running < atOnce) {',
    to: 'if (line.running < atOnce * 1_000) {',
    tests: [TAKING],
  },
  {
    id: 'uploads-wait-without-bound',
    breaks: 'Of one person so many uploads wait, and no more.',
    file: 'src/domains/media/media/taking.ts',
    from: 'if (line.waiting.length >= inLine) throw overloaded();',
    to: '',
    tests: [TAKING],
  },
  {
    id: 'uploads-are-not-counted',
    breaks: 'The bytes of an upload are counted as they arrive, before they are kept.',
    file: 'src/http/read-bytes.ts',
    from: '      arrived(value.length);\n',
    to: '',
    tests: [READING],
  },
  {
    id: 'stuck-uploads-are-held',
    breaks: 'An upload that brings too little in a while is given up.',
    file: 'src/http/read-bytes.ts',
    from: 'length - before < pace.bytes || ',
    to: '',
    tests: [READING],
  },
];
