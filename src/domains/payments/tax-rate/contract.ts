import { z } from 'zod';
import { TaxKind } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, lineOrNothing } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { CountryCode } from '../money/contract.ts';

const BasisPoints = z.int().min(0).max(10_000);

/** A tax that ticket types may name. Rates do not change: one ends, another begins, and bookings keep what they were. */
export const TaxRate = z.object({
  id: Id,
  kind: z.enum(TaxKind),
  country: CountryCode,
  /** Part of the country; empty for all of it. */
  region: z.string(),
  name: z.string(),
  /** Hundredths of a percent. */
  rateBasisPoints: BasisPoints,
  /** Contained in the price shown; else added to it. */
  isInclusive: z.boolean(),
  startsAt: z.iso.datetime(),
  /** Null is until further notice. */
  endsAt: z.iso.datetime().nullable(),
});

export const create = operation({
  name: 'taxRate.create',
  summary:
    'Bring a tax rate into force, now or later. The rate of the same kind, country and region that is in force ends then, and ticket types that name it go on with the new one. CONFLICT when a later one is planned already.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    kind: z.enum(TaxKind),
    country: CountryCode,
    region: lineOrNothing(100).default(''),
    name: line(100),
    rateBasisPoints: BasisPoints,
    isInclusive: z.boolean().default(true),
    /** Now when absent; never before. */
    startsAt: Instant.optional(),
  }),
  output: TaxRate,
  errors: ['CONFLICT'],
  http: 'POST /v1/tax-rates',
});

export const list = operation({
  name: 'taxRate.list',
  summary: 'Tax rates in force, for a country or for all; with `all`, also those that ended or are planned.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    country: CountryCode.optional(),
    all: z.boolean().default(false),
    ...pageInputById(),
  }),
  output: page(TaxRate),
  errors: [],
  http: 'GET /v1/tax-rates',
});
