import type { PlanAudience, PlanInterval, RefundPolicyKind, TaxKind } from '../../generated/prisma/enums.ts';

/** Since when rules that were always there are in force. */
export const ALWAYS = new Date('2020-01-01T00:00:00Z');

/** What the platform takes of a ticket's price, in hundredths of a percent, unless a narrower rule says otherwise. */
export const COMMISSION_BASIS_POINTS = 500;

interface PolicySeed {
  name: string;
  kind: RefundPolicyKind;
  steps: { hoursBefore: number; refundBasisPoints: number }[];
}

/** The platform's own cancellation policies, each with its longest notice first. */
export const CANCELLATION_POLICIES: PolicySeed[] = [
  { name: 'Flexible', kind: 'FLEXIBLE', steps: [{ hoursBefore: 24, refundBasisPoints: 10_000 }] },
  {
    name: 'Moderate',
    kind: 'MODERATE',
    steps: [
      { hoursBefore: 168, refundBasisPoints: 10_000 },
      { hoursBefore: 48, refundBasisPoints: 5_000 },
    ],
  },
  { name: 'Strict', kind: 'STRICT', steps: [{ hoursBefore: 336, refundBasisPoints: 5_000 }] },
  { name: 'No refunds', kind: 'NON_REFUNDABLE', steps: [] },
];

interface TaxSeed {
  country: string;
  kind: TaxKind;
  name: string;
  rateBasisPoints: number;
}

/** Standard rates; which of them an event owes is its host's to say. */
export const TAX_RATES: TaxSeed[] = [
  { country: 'AU', kind: 'GST', name: 'GST', rateBasisPoints: 1_000 },
  { country: 'BD', kind: 'VAT', name: 'VAT', rateBasisPoints: 1_500 },
  { country: 'DE', kind: 'VAT', name: 'Mehrwertsteuer', rateBasisPoints: 1_900 },
  { country: 'FR', kind: 'VAT', name: 'TVA', rateBasisPoints: 2_000 },
  { country: 'GB', kind: 'VAT', name: 'VAT', rateBasisPoints: 2_000 },
  { country: 'IN', kind: 'GST', name: 'GST', rateBasisPoints: 1_800 },
  { country: 'NL', kind: 'VAT', name: 'BTW', rateBasisPoints: 2_100 },
  { country: 'SE', kind: 'VAT', name: 'Moms', rateBasisPoints: 2_500 },
];

interface PlanSeed {
  key: string;
  name: string;
  audience: PlanAudience;
  interval: PlanInterval;
  /** Minor units of `currency`. */
  price: bigint;
  currency: string;
  trialDays: number;
  features: string[];
}

export const SUBSCRIPTION_PLANS: PlanSeed[] = [
  {
    ...{ key: 'host-pro-month', name: 'Host Pro', audience: 'HOST', interval: 'MONTH', trialDays: 14 },
    ...{ price: 150_000n, currency: 'BDT', features: ['Unlimited events', 'Team of ten', 'Reports'] },
  },
  {
    ...{ key: 'host-pro-year', name: 'Host Pro, yearly', audience: 'HOST', interval: 'YEAR', trialDays: 14 },
    ...{ price: 1_500_000n, currency: 'BDT', features: ['Unlimited events', 'Team of ten', 'Reports'] },
  },
  {
    ...{ key: 'member-plus-month', name: 'Member Plus', audience: 'MEMBER', interval: 'MONTH', trialDays: 7 },
    ...{ price: 30_000n, currency: 'BDT', features: ['Early access', 'No booking fees'] },
  },
];
