import { invalidField } from '../../../kernel/errors.ts';
import { presentFields, toDate } from '../times.rules.ts';

interface TermsInput {
  description?: string | null | undefined;
  maxDiscountMinor?: number | null | undefined;
  minOrderMinor?: number | undefined;
  maxTotal?: number | null | undefined;
  maxPerUser?: number | null | undefined;
  restoreOnRefund?: boolean | undefined;
  startsAt?: string | null | undefined;
  endsAt?: string | null | undefined;
}

/** Terms as columns; what is absent stays absent. */
export const termsOf = (input: TermsInput) =>
  presentFields({
    description: input.description,
    maxDiscountAmount:
      typeof input.maxDiscountMinor === 'number' ? BigInt(input.maxDiscountMinor) : input.maxDiscountMinor,
    minOrderAmount: input.minOrderMinor === undefined ? undefined : BigInt(input.minOrderMinor),
    maxTotal: input.maxTotal,
    maxPerUser: input.maxPerUser,
    restoreOnRefund: input.restoreOnRefund,
    startsAt: toDate(input.startsAt),
    endsAt: toDate(input.endsAt),
  });

/** @throws INVALID_INPUT for an end before the start */
export const refuseWrongTimes = ({ startsAt, endsAt }: Pick<TermsInput, 'startsAt' | 'endsAt'>): void => {
  if (startsAt && endsAt && new Date(endsAt) <= new Date(startsAt)) {
    throw invalidField('endsAt', 'must be after startsAt');
  }
};
