import { expect, test } from 'vitest';
import { inputSchema, type Schema } from './input-schema.ts';
import { operations } from './world.ts';

/** Texts that are shown over several lines. */
const PROSE = new Set([
  'profile.update.bio',
  'chat.send.body',
  'chat.edit.body',
  'event.create.description',
  'event.create.ticketTypes.description',
  'event.edit.description',
  'event.review.reason',
  'event.postpone.note',
  'event.cancel.note',
  'eventSeries.create.description',
  'eventSeries.create.ticketTypes.description',
  'eventSeries.edit.description',
  'ticketType.create.description',
  'ticketType.edit.description',
  'eventUpdate.publish.body',
  'category.create.description',
  'category.edit.description',
  'savedEvent.add.note',
  'booking.reject.note',
  'promoCode.create.description',
  'promoCode.edit.description',
  'refund.create.note',
  'dispute.submitEvidence.evidence.statement',
  'dispute.submitEvidence.evidence.attendance',
  'dispute.submitEvidence.evidence.terms',
  'reconciliation.resolve.note',
  'live.announce.body',
  'question.answer.answer',
]);
/** Texts that nobody is shown: secrets, and what is only compared or handed on. */
const OPAQUE = new Set([
  'account.register.password',
  'testAccount.create.password',
  'session.login.password',
  'session.login.deviceToken',
  'session.renew.refreshToken',
  'session.refresh.token',
  'verification.confirm.token',
  'webhook.receive.body',
  'checkin.scan.code',
  'checkin.party.code',
  'checkin.sync.scans.code',
  'ledger.entries.cursor',
  'ledger.statement.cursor',
  'room.watch.after.epoch',
  'room.resume.rooms.epoch',
]);

/** A line break of each kind, and characters that are none to read. */
const BREAKS = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\u000B', '\u0007', '\u001B'];

/** Whether a text of this schema may have `part` inside. */
const takes = ({ minLength = 0, pattern, allOf = [] }: Schema, part: string): boolean => {
  const value = `aaaa${part}aaaa`.padEnd(minLength, 'a');
  const patterns = [pattern, ...allOf.map((each) => each.pattern)].filter((each) => each !== undefined);
  return patterns.every((each) => new RegExp(each, 'u').test(value));
};

/** The free texts of an input by their paths; a list's items by its own. */
const textsIn = (schema: Schema, path: string): [string, Schema][] => {
  const { type, format, properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const isFree = type === 'string' && format === undefined && schema.enum === undefined && schema.const === undefined;
  return [
    ...(isFree ? [[path, schema] as [string, Schema]] : []),
    ...Object.entries(properties).flatMap(([name, each]) => textsIn(each, `${path}.${name}`)),
    ...(items ? textsIn(items, path) : []),
    ...[...anyOf, ...oneOf].flatMap((each) => textsIn(each, path)),
  ];
};

const texts = operations.flatMap((contract) => textsIn(inputSchema(contract), contract.name));

test('a text takes line breaks and control characters only where it is one of several lines, or nobody reads it', () => {
  const taking = texts.filter(([, schema]) => BREAKS.some((part) => takes(schema, part))).map(([path]) => path);
  expect([...new Set(taking)].filter((path) => !PROSE.has(path) && !OPAQUE.has(path))).toEqual([]);
});

test('every text of several lines that is named here is there, and takes them', () => {
  const prose = new Map(texts.filter(([path]) => PROSE.has(path)));
  expect([...PROSE].filter((path) => !prose.has(path))).toEqual([]);
  expect([...prose].filter(([, schema]) => !takes(schema, '\n')).map(([path]) => path)).toEqual([]);
});
