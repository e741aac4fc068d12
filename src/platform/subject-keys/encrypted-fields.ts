/** Whose key encrypts a column. */
export type Owner =
  /** The person this column names. */
  | { by: 'person'; column: string }
  /** The person found by one more step: `column` of this table is the id of a row of `table`, whose `person` names them. */
  | { by: 'way'; column: string; table: string; person: string }
  /** The platform's own, `sealing`, for what is no person's data. */
  | { by: 'platform' };

/** One encrypted column. */
export interface EncryptedField {
  table: string;
  column: string;
  owner: Owner;
  /** The primary key; `id` when absent. */
  key?: string;
  /** The column of its blind index, which is made of the first line of the plaintext. */
  index?: string;
  /** Neither the value nor its index may be empty. */
  isRequired?: true;
  /** Values that stand there in the clear by design, as a SQL condition. */
  except?: string;
}

const USER = { by: 'person', column: 'user_id' } as const;
const PLATFORM = { by: 'platform' } as const;

/** Every column that the schema marks as encrypted; a test compares the two. */
export const ENCRYPTED_FIELDS = [
  { table: 'users', column: 'phone', owner: { by: 'person', column: 'id' }, index: 'phone_hash' },
  { table: 'profiles', column: 'date_of_birth', owner: USER, key: 'user_id' },
  { table: 'verifications', column: 'document_number', owner: USER, index: 'document_number_hash' },
  { table: 'emergency_contacts', column: 'name', owner: USER },
  { table: 'emergency_contacts', column: 'phone', owner: USER },
  { table: 'emergency_contacts', column: 'email', owner: USER },
  { table: 'device_tokens', column: 'token', owner: USER },
  { table: 'auth_identities', column: 'email', owner: USER },
  // Recovery codes are hashes, not secrets.
  { table: 'mfa_factors', column: 'secret', owner: USER, except: `kind = 'RECOVERY_CODE'` },
  { table: 'payout_accounts', column: 'holder_name', owner: USER },
  // The first line says which account it is; what follows is how to reach it.
  { table: 'payout_accounts', column: 'details', owner: USER, index: 'details_hash', isRequired: true },
  { table: 'billing_details', column: 'details', owner: USER, key: 'user_id' },
  { table: 'invoices', column: 'billing_details', owner: USER },
  // What the platform sells names no person.
  {
    table: 'invoices',
    column: 'seller_details',
    owner: { by: 'person', column: 'issuer_id' },
    except: 'field.issuer_id IS NULL',
  },
  // A guest without an account is the data of whoever booked for them.
  {
    table: 'event_participants',
    column: 'email',
    owner: { by: 'way', column: 'booking_id', table: 'bookings', person: 'user_id' },
  },
  { table: 'event_signing_keys', column: 'private_key', owner: PLATFORM },
  { table: 'event_signing_keys', column: 'gate_key', owner: PLATFORM },
  { table: 'polls', column: 'key', owner: PLATFORM },
  { table: 'webhooks', column: 'secret', owner: PLATFORM },
  { table: 'webhooks', column: 'previous_secret', owner: PLATFORM },
] as const satisfies readonly EncryptedField[];

/** `users.phone_hash`: a column that holds a blind index. */
export type IndexedColumn =
  Extract<(typeof ENCRYPTED_FIELDS)[number], { index: string }> extends infer F
    ? F extends { table: infer T extends string; index: infer I extends string }
      ? `${T}.${I}`
      : never
    : never;
