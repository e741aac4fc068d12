import type { PaymentSettings } from '../../platform/payment-settings.ts';
import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that accounts and profiles stand on. */
export type Deps = Pick<
  Platform,
  | 'clock'
  | 'database'
  | 'failures'
  | 'jobs'
  | 'mailer'
  | 'pictures'
  | 'replica'
  | 'revocations'
  | 'sealing'
  | 'sockets'
  | 'subjectKeys'
  | 'tokens'
> & { config: { payments: Pick<PaymentSettings, 'publicUrl'> } };
