import { invalidField } from '../../../kernel/errors.ts';

/** The kinds of items in a timeline. Items of one moment are told in this order. */
export const KINDS = ['UPDATE', 'POLL', 'QUESTION', 'MESSAGE', 'APPLAUSE'] as const;
export type MomentKind = (typeof KINDS)[number];

interface Placed {
  kind: MomentKind;
  at: Date;
  id: string;
}

/** The place of the last item of a page. */
interface End {
  atMs: number;
  kind: MomentKind;
  id: string;
}

/** From where on one source is read. */
export interface From {
  at: Date;
  ofMoment: 'all' | 'none' | { afterId: string };
}

/** From where on a source is read, so that nothing comes twice and nothing is left out. */
export const fromFor = (kind: MomentKind, start: Date, end: End | null): From => {
  if (!end) return { at: start, ofMoment: 'all' };
  const at = new Date(end.atMs);
  if (kind === end.kind) return { at, ofMoment: { afterId: end.id } };
  return { at, ofMoment: KINDS.indexOf(kind) > KINDS.indexOf(end.kind) ? 'all' : 'none' };
};

/** The order of an evening, the same for everybody. */
export const inOrder = (a: Placed, b: Placed): number =>
  a.at.getTime() - b.at.getTime() || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.id < b.id ? -1 : 1);

export const cursorAt = ({ at, kind, id }: Placed): string => `${at.getTime()}:${kind}:${id}`;

const CURSOR = /^(\d{1,15}):([A-Z]+):([\w-]+)$/;

/** @throws INVALID_INPUT */
export const readEnd = (cursor: string | undefined): End | null => {
  if (cursor === undefined) return null;
  const [, atMs, word, id = ''] = CURSOR.exec(cursor) ?? [];
  const kind = KINDS.find((each) => each === word);
  if (!kind || !isIdOf(kind, id)) throw invalidField('cursor', 'must be a nextCursor');
  return { atMs: Number(atMs), kind, id };
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isIdOf = (kind: MomentKind, id: string): boolean => (kind === 'APPLAUSE' ? /^\d{1,15}$/ : UUID).test(id);
