/** What may be wrong with the books. */
export type BreakKind =
  | 'JOURNAL_UNBALANCED'
  | 'JOURNAL_TOO_SHORT'
  | 'REVERSAL_NOT_OPPOSITE'
  | 'VERSION_GAP'
  | 'BALANCE_AFTER'
  | 'ENTRY_CURRENCY'
  | 'BELOW_ZERO'
  | 'ACCOUNT_BALANCE'
  | 'ACCOUNT_VERSION'
  | 'PENDING_DEBIT'
  | 'WALLET_ACCOUNT';

/** One thing that does not add up: where, what replaying gives, and what is written. */
export interface Break {
  kind: BreakKind;
  /** Id of the journal, entry, account or wallet. */
  id: string;
  expected: string;
  found: string;
}
