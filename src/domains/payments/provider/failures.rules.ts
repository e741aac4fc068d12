import type { PaymentFailureCode } from '../../../generated/prisma/enums.ts';

/** The provider said no: the call has had no effect, and repeating it will not change that. */
export class ProviderRefused extends Error {
  readonly code: PaymentFailureCode;

  constructor(code: PaymentFailureCode, message: string) {
    super(message);
    this.name = 'ProviderRefused';
    this.code = code;
  }
}

/** The provider did not answer, or not clearly: the call may have had its effect. */
export class ProviderSilent extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProviderSilent';
  }
}
