import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';

/** The kinds of proof that the server supports so far. */
const ProvableKind = z.enum(['EMAIL']);

/** A proof that was asked for. */
export const Started = z.object({
  verificationId: Id,
  /** Where the code and the link went, as `a•••@example.org`. */
  masked: z.string(),
  /** When the link ends; the code ends ten minutes after it was sent. */
  expiresAt: z.iso.datetime(),
});

export const start = operation({
  name: 'verification.start',
  summary:
    'Have a six-digit code (10 minutes) and a link (24 hours) sent to the caller’s address; earlier ones end. At most three an hour and ten a day. CONFLICT when the address is proved.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 5, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({ kind: ProvableKind }),
  output: Started,
  errors: ['CONFLICT'],
  http: 'POST /v1/verifications',
});

export const confirm = operation({
  name: 'verification.confirm',
  summary:
    'Prove an address with the code that came there (signed in) or the token of the link (anyone). Each works once; five wrong codes end both. What is wrong, used, late or unknown is answered alike.',
  access: 'public',
  durability: 'committed',
  rates: [
    { limit: 20, windowSeconds: 3_600, by: { field: 'verificationId' } },
    // A token cannot be guessed; this bounds the load. A whole venue may stand behind one address.
    { limit: 300, windowSeconds: 3_600, by: 'address' },
  ],
  repeatsBy: 'token',
  input: z
    .object({
      verificationId: Id.toLowerCase().optional(),
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/, 'must be six digits')
        .optional(),
      /** The part of the link after the #. */
      token: z.string().min(1).max(200).optional(),
    })
    .refine(({ verificationId, code, token }) => hasOneProof({ verificationId, code, token }), {
      message: 'give either verificationId and code, or token',
      path: ['token'],
    }),
  output: z.object({ kind: ProvableKind, verifiedAt: z.iso.datetime() }),
  errors: [],
  http: 'POST /v1/verifications/confirm',
});

interface Proof {
  verificationId: string | undefined;
  code: string | undefined;
  token: string | undefined;
}

const hasOneProof = ({ verificationId, code, token }: Proof): boolean =>
  token === undefined
    ? verificationId !== undefined && code !== undefined
    : verificationId === undefined && code === undefined;
