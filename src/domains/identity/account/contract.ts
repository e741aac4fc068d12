import { z } from 'zod';
import { UserRole } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';
import { LastName, PersonName } from '../profile/contract.ts';
import { Email, SignedIn } from '../session/contract.ts';
import { Started } from '../verification/contract.ts';

/** Unique without regard to case, so kept in lower case. */
const Username = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(30)
  .regex(/^[a-z0-9_.]+$/, 'may hold letters a-z, digits, "_" and "."')
  .regex(/^(?!\.)(?!.*\.\.)(?!.*\.$)(?=.*[a-z0-9])/, 'must hold a letter or a digit, and "." only between others');

/** Any characters, but no password that strangers would try first (`password-rules.ts`). The upper bound keeps the slow hash from being fed megabytes. */
export const Password = z.string().min(8).max(200);

export const register = operation({
  name: 'account.register',
  summary:
    'Make an account and sign in to it; a code and a link to prove the address are sent there. A taken email or username is a CONFLICT whose issues name the field.',
  access: 'public',
  durability: 'committed',
  // Each costs 20 ms of hashing. A whole venue may stand behind one address.
  rates: [{ limit: 60, windowSeconds: 3_600, by: 'address' }],
  input: z.object({
    email: Email,
    username: Username,
    password: Password,
    firstName: PersonName,
    /** Absent or empty for people with one name. */
    lastName: LastName.default(''),
  }),
  /** A code and a link to prove the address are on their way to it. */
  output: SignedIn.extend({ verification: Started }),
  errors: ['CONFLICT'],
  http: 'POST /v1/auth/register',
});

export const setRole = operation({
  name: 'account.setRole',
  summary:
    'Give an account another role; whoever is signed in with it signs in anew. An ADMIN appoints MODERATOR, SUPPORT, HOST and USER, a SUPER_ADMIN all, nobody themselves.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ userId: Id.toLowerCase(), role: z.enum(UserRole) }),
  output: z.object({ userId: Id, role: z.enum(UserRole) }),
  errors: [],
  http: 'PUT /v1/accounts/{userId}/role',
});
