import { RRuleTemporal } from 'rrule-temporal';
import { invalidField } from '../../../kernel/errors.ts';
import { localTime, wallClockAt } from './wall-clock.rules.ts';

/** A rule of RFC 5545 with where and when it begins. */
export interface Rule {
  /** RRULE, without its name. */
  recurrenceRule: string;
  /** The first occurrence. */
  startsAt: Date;
  /** IANA zone; the wall clock there is what repeats. */
  timeZone: string;
}

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
type Frequency = (typeof FREQUENCIES)[number];
/** Parts that choose days; those that choose hours would make several events a day. */
const PARTS: readonly string[] = [
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYSETPOS'],
  ...['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYWEEKNO'],
];
const MAX_COUNT = 1_000;
const MAX_INTERVAL = 1_000;
/** Periods the library may step through for one question. */
const MAX_ITERATIONS = 20_000;

const FIELD = 'recurrenceRule';

/** What the series keeps beside the text of its rule. */
export interface RuleParts {
  frequency: Frequency;
  interval: number;
}

const isFrequency = (text: string | undefined): text is Frequency =>
  FREQUENCIES.some((frequency) => frequency === text);

/**
 * Checks a rule: one event a day at most, begun by its own first occurrence.
 * @throws INVALID_INPUT naming the field and the reason
 */
export const checkRule = (rule: Rule): RuleParts => {
  const parts = new Map(rule.recurrenceRule.split(';').map((part) => split(part)));
  for (const name of parts.keys()) {
    if (!PARTS.includes(name)) throw invalidField(FIELD, `${name} is not known here; known are ${PARTS.join(', ')}`);
  }
  const frequency = parts.get('FREQ');
  if (!isFrequency(frequency)) throw invalidField(FIELD, `FREQ must be one of ${FREQUENCIES.join(', ')}`);
  const interval = numberIn(parts, 'INTERVAL', MAX_INTERVAL);
  numberIn(parts, 'COUNT', MAX_COUNT);
  const [first] = occurrencesIn(rule, { from: rule.startsAt, to: rule.startsAt });
  if (!first) throw invalidField('startDate', 'must be the first occurrence of recurrenceRule in timeZone');
  return { frequency, interval };
};

const split = (part: string): [string, string] => {
  const [name = '', value = ''] = part.split('=');
  return [name, value];
};

const numberIn = (parts: ReadonlyMap<string, string>, name: string, max: number): number => {
  const value = Number(parts.get(name) ?? 1);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw invalidField(FIELD, `${name} must be a whole number from 1 to ${max}`);
};

/**
 * The instants of a rule within a span, both ends included. The wall clock stays over changes of summer time; a local
 * time that a change skips is no occurrence (RFC 5545, 3.3.10), one that comes twice is the first.
 * @throws INVALID_INPUT for a rule the library does not understand
 */
export const occurrencesIn = (rule: Rule, { from, to }: { from: Date; to: Date }): Date[] => {
  const start = localTime(wallClockAt(rule.startsAt, rule.timeZone));
  const rruleString = `DTSTART;TZID=${rule.timeZone}:${start}\nRRULE:${rule.recurrenceRule}`;
  try {
    const known = new RRuleTemporal({ rruleString, strict: true, maxIterations: MAX_ITERATIONS });
    return known.between(from, to, true).map(({ epochMilliseconds }) => new Date(epochMilliseconds));
  } catch (error) {
    throw invalidField(FIELD, `is not understood: ${error instanceof Error ? error.message : 'it does not parse'}`);
  }
};
