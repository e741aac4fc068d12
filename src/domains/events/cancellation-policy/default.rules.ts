/** The policy of events whose host chose none: everything goes back until a day before. */
export const DEFAULT_POLICY = {
  name: 'Full refund until a day before',
  kind: 'FLEXIBLE',
  steps: [{ hoursBefore: 24, refundBasisPoints: 10_000 }],
  feesRefundable: false,
} as const;
